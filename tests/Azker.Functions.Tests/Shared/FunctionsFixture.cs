using System.Globalization;
using System.Net;
using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Tests.Shared;
using Azker.Functions.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Functions.Tests.Shared;

/// <summary>The app in a host of Azure Functions, and a stand-in for the Bot API server with a clock that the tests advance.</summary>
public sealed class FunctionsFixture : IAsyncLifetime
{
    public const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    public const string Secret = "the-right-secret";
    public const string Url = "https://bot.example.com/webhook";

    private readonly TempDirectory _data = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private (string Name, string Value)[] _settings = [];

    /// <summary>The app, as the build of these tests has published it.</summary>
    internal static WorkerApp App { get; } = new(Path.Combine(AppContext.BaseDirectory, "app"), "Azker.Functions.dll");

    public BotApiServer Server { get; private set; } = null!;

    public BotAccount Bot => Server.Bot(Token);

    internal FunctionsHost Host { get; private set; } = null!;

    public static async Task<FunctionsFixture> StartAsync(params (string Name, string Value)[] settings)
    {
        var fixture = new FunctionsFixture { _settings = settings };
        await fixture.InitializeAsync();
        return fixture;
    }

    public async ValueTask InitializeAsync()
    {
        var options = new BotApiServerOptions { Resolver = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("149.154.161.1")]) };
        Server = await BotApiServer.StartAsync(options, _time, TestContext.Current.CancellationToken);
        Host = await FunctionsHost.StartAsync(App,
        [
            ("TELEGRAM_BOT_TOKEN", Token),
            ("TELEGRAM_API_URL", Server.Url),
            ("USE_WEBHOOK", "true"),
            ("WEBHOOK_URL", "https://bot.example.com"),
            ("WEBHOOK_SECRET", Secret),
            ("DATA_DIR", _data.FullPath),
            ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
            .. _settings,
        ]);
    }

    /// <summary>A private message with a command, in its own chat.</summary>
    public static string Command(int id, string command) => Message(id, command, $"\"type\":\"bot_command\",\"offset\":0,\"length\":{command.Length}");

    /// <summary>A private message in its own chat.</summary>
    public static string Text(int id, string text) => Message(id, text, "\"type\":\"bold\",\"offset\":0,\"length\":1");

    /// <summary>The raw JSON of the dead letters.</summary>
    public IReadOnlyList<string> DeadLetters() => Directory.Exists(_data["dead-letters"])
        ? [.. Directory.GetFiles(_data["dead-letters"], "*.json", SearchOption.AllDirectories).Where(file => !file.EndsWith(".reason.json", StringComparison.Ordinal)).Select(File.ReadAllText)]
        : [];

    /// <summary>Advances the time by more than a Bot API server requires between two calls of setWebhook.</summary>
    public void Pass() => _time.Advance(TimeSpan.FromSeconds(2));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Server.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Posts to the webhook as Telegram does.</summary>
    internal Task<HttpAnswer> Post(string body) => Post(body, Secret);

    internal Task<HttpAnswer> Post(string body, string? secret, string path = "/webhook", string contentType = "application/json", bool isChunked = false)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = contentType };
        if (secret is not null)
        {
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret;
        }

        return Host.SendAsync(new HttpCall("POST", path, body) { Headers = headers, IsChunked = isChunked });
    }

    private static string Message(int id, string text, string entity) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"update_id":{{{id}}},"message":{"message_id":{{{id}}},"date":1700000000,"chat":{"id":{{{id}}},"type":"private"},"text":"{{{text}}}","entities":[{{{{entity}}}}]}}""");
}
