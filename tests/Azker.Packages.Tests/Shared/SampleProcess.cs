using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.BotApi.Statistics;
using Azker.Core.Tests.Shared;
using Azker.Processes;

namespace Azker.Packages.Tests.Shared;

/// <summary>A sample, or the bot of the template, as a real process, and a stand-in for the Bot API server.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private readonly TempDirectory _data = new();
    private readonly BotApiServer _server;
    private readonly ChildProcess _process;

    private SampleProcess(BotApiServer server, string directory, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings)
    {
        _server = server;
        Url = FreePort.TakeAddress();
        _process = ChildProcess.Start(
            "dotnet",
            arguments,
            directory,
            [
                .. settings.Select(setting => (setting.Name, setting.Value
                    .Replace("{api}", server.Url, StringComparison.Ordinal)
                    .Replace("{url}", Url, StringComparison.Ordinal)
                    .Replace("{data}", _data.FullPath, StringComparison.Ordinal))),
                ("ASPNETCORE_URLS", Url),
            ]);
    }

    /// <summary>The address at which a sample with a server listens.</summary>
    public string Url { get; }

    /// <summary>Starts a sample.</summary>
    /// <param name="packages">The samples.</param>
    /// <param name="name">The folder of the sample.</param>
    /// <param name="settings">
    /// The settings. In a value, <c>{api}</c> stands for the URL of the Bot API, <c>{url}</c> for the sample's own URL, and <c>{data}</c>
    /// for a directory.
    /// </param>
    public static Task<SampleProcess> StartAsync(PackagesFixture packages, string name, params (string Name, string Value)[] settings)
    {
        string directory = packages.Sample(name);
        return StartAsync(directory, [Path.Combine(directory, $"{SampleCopy.Projects[name]}.dll")], settings);
    }

    /// <summary>Starts a program by a command of the .NET SDK.</summary>
    /// <param name="directory">The working directory.</param>
    /// <param name="arguments">The arguments of <c>dotnet</c>.</param>
    /// <param name="settings">The settings, as for a sample.</param>
    public static async Task<SampleProcess> StartAsync(
        string directory, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> settings)
    {
        var options = new BotApiServerOptions { Local = true };
        BotApiServer server = await BotApiServer.StartAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        return new SampleProcess(server, directory, arguments, settings);
    }

    public BotAccount Bot(string token) => _server.Bot(token);

    /// <summary>Waits until a bot has registered its webhook.</summary>
    public async Task WaitForWebhookAsync(BotAccount bot, string url)
    {
        try
        {
            await Eventually.Completes(bot.WaitUntilAsync(bot => bot.Webhook.Url == url, TestContext.Current.CancellationToken));
        }
        catch (TimeoutException error)
        {
            throw new InvalidOperationException($"The webhook is not set. The sample wrote:\n{_process.Output}", error);
        }
    }

    /// <summary>Lets a user write to a bot.</summary>
    /// <returns>The text of the bot's answer.</returns>
    public async Task<string> AskAsync(BotAccount bot, string text)
    {
        bot.EnqueueText(chatId: 5, userId: 5, text);
        try
        {
            IReadOnlyList<SentMessage> sent = await Eventually.Completes(bot.WaitForSentAsync(after: 0, TestContext.Current.CancellationToken));
            return Assert.Single(sent).Text;
        }
        catch (TimeoutException error)
        {
            throw new InvalidOperationException($"The bot does not answer. The sample wrote:\n{_process.Output}", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _server.DisposeAsync();
        _data.Dispose();
    }
}
