using System.Collections.Concurrent;
using System.Net;
using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Tests.Shared;

namespace Azker.PollingFallback.Tests.Shared;

/// <summary>A stand-in for the Bot API server, and consoles that share a directory and a bot.</summary>
public sealed class ConsoleFixture : IAsyncDisposable
{
    public const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly TempDirectory _directory = new();
    private readonly ConcurrentBag<ConsoleProcess> _consoles = [];

    private ConsoleFixture(BotApiServer server) => (Server, Bot) = (server, server.Bot(Token));

    public BotApiServer Server { get; }

    public BotAccount Bot { get; }

    public string Directory => _directory.FullPath;

    public string PidFile => Path.Combine(Directory, "data", "bot.pid");

    public static async Task<ConsoleFixture> CreateAsync(BotApiServerOptions? options = null) => new(await BotApiServer.StartAsync(
        options ?? new BotApiServerOptions { Resolver = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34")]) },
        TimeProvider.System,
        TestContext.Current.CancellationToken));

    internal ConsoleProcess Start(string[] arguments, params (string Name, string Value)[] settings) =>
        StartProgram("Azker.PollingFallback", arguments, settings);

    /// <summary>Starts the console of a bot whose handlers obey the text of a message.</summary>
    internal ConsoleProcess StartTestBot(params (string Name, string Value)[] settings) => StartProgram("Azker.TestBot", [], settings);

    public Task Answered(int count, TimeSpan? patience = null) =>
        Eventually.IsTrue(() => Bot.Sent.Count >= count, $"{count} answers; there are {Bot.Sent.Count}", patience);

    /// <summary>Waits until no update is left at Telegram.</summary>
    public Task Confirmed(TimeSpan? patience = null) =>
        Eventually.IsTrue(() => Bot.Statistics.Pending == 0, $"all updates are confirmed; {Bot.Statistics.Pending} are pending", patience);

    /// <summary>The texts that the bot sent to a chat, oldest first.</summary>
    public IEnumerable<string> TextsTo(long chat) => Bot.Sent.Where(message => message.ChatId == chat).Select(message => message.Text);

    /// <summary>The files below a directory of the bot's data, such as its parked updates.</summary>
    public IReadOnlyList<string> FilesOf(string name)
    {
        string directory = Path.Combine(Directory, "data", name);
        return System.IO.Directory.Exists(directory) ? System.IO.Directory.GetFiles(directory, "*.json", SearchOption.AllDirectories) : [];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ConsoleProcess console in _consoles)
        {
            await console.DisposeAsync();
        }

        await Server.DisposeAsync();
        _directory.Dispose();
    }

    private ConsoleProcess StartProgram(string program, string[] arguments, (string Name, string Value)[] settings)
    {
        var console = ConsoleProcess.Start(
            program, Directory, arguments, [("TELEGRAM_BOT_TOKEN", Token), ("TELEGRAM_API_URL", Server.Url), .. settings]);
        _consoles.Add(console);
        return console;
    }
}
