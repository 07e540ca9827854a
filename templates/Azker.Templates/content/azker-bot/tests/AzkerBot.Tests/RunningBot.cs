using System.Text.Json;
using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.BotApi.Statistics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BotNamespace.Tests;

/// <summary>The bot, which polls a stand-in for the Bot API server, and a user who writes to it. No token of Telegram and no network is needed.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    private const long User = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("bot");
    private readonly BotApiServer _server;
    private readonly BotAccount _account;
    private readonly IHost _host;

    private RunningBot(BotApiServer server)
    {
        // Tests run side by side, and a machine receives the updates of a bot once, so each test has a bot of its own.
        string token = $"{Random.Shared.NextInt64(100_000, 1_000_000_000)}:TEST-0123456789abcdefghijk";
        _server = server;
        _account = server.Bot(token);

        // Without defaults, no setting of this machine reaches the test.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TELEGRAM_BOT_TOKEN"] = token,
            ["TELEGRAM_API_URL"] = server.Url,
            ["DATA_DIR"] = _data.FullName,
        });
        builder.Services.AddAzker(builder.Configuration).AddBotHandlers();
        _host = builder.Build();
    }

    public static async Task<RunningBot> StartAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        var bot = new RunningBot(await BotApiServer.StartAsync(new BotApiServerOptions(), TimeProvider.System, cancellationToken));
        await bot._host.StartAsync(cancellationToken);
        return bot;
    }

    /// <summary>Writes to the bot.</summary>
    /// <returns>The answer of the bot.</returns>
    public Task<SentMessage> SendAsync(string text) => AnswerAsync(() => _account.EnqueueText(User, User, text));

    /// <summary>Presses a button below a message of the bot.</summary>
    /// <returns>The answer of the bot, or the edited message.</returns>
    public Task<SentMessage> PressAsync(SentMessage message, string data) => AnswerAsync(() => _account.Enqueue(JsonSerializer.Serialize(new
    {
        callback_query = new
        {
            id = "1",
            from = new { id = User, is_bot = false, first_name = "Test" },
            message = new
            {
                message_id = message.MessageId,
                date = message.At.ToUnixTimeSeconds(),
                chat = new { id = User, type = "private" },
                text = message.Text,
            },
            chat_instance = "1",
            data,
        },
    })));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _server.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task<SentMessage> AnswerAsync(Action act)
    {
        long before = _account.Sent.Count;
        act();
        return (await _account.WaitForSentAsync(before, TestContext.Current.CancellationToken).WaitAsync(Patience))[0];
    }
}
