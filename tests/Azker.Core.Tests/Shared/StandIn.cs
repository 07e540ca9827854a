using System.Net;
using Azker.BotApi;
using Azker.Core.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot;
using StandInBot = Azker.BotApi.Bots.BotAccount;

namespace Azker.Core.Tests.Shared;

/// <summary>The stand-in for the Bot API server, Core configured for it, and one clock for both.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    public const string Url = "https://bot.example.com/webhook";

    private StandIn(BotApiServer server, FakeTimeProvider time, IEnumerable<(string Name, string? Value)> settings)
    {
        (Server, Time, Clock) = (server, time, new SkewedTimeProvider(time));
        Client = new TelegramBotClient(new TelegramBotClientOptions(Settings.Token, server.Url));
        Services = new Services(
            [(SettingNames.TelegramApiUrl, server.Url), (SettingNames.UseWebhook, "true"), (SettingNames.WebhookUrl, Url), .. settings],
            Clock,
            options => options,
            services => services.AddLogging(logging => logging.AddProvider(Log)));
    }

    public BotApiServer Server { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>The clock of Core's machine.</summary>
    public SkewedTimeProvider Clock { get; }

    public Services Services { get; }

    public RecordingLoggerProvider Log { get; } = new();

    /// <summary>The client of another program that has the token too.</summary>
    public TelegramBotClient Client { get; }

    public StandInBot Bot => Server.Bot(Settings.Token);

    public static async Task<StandIn> StartAsync(params (string Name, string? Value)[] settings)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var options = new BotApiServerOptions { Resolver = (_, _) => Task.FromResult(new[] { IPAddress.Parse("149.154.161.1") }) };
        return new StandIn(await BotApiServer.StartAsync(options, time, TestContext.Current.CancellationToken), time, settings);
    }

    /// <summary>Counts the calls of each Bot API method since the last count; the names of the methods are in lower case.</summary>
    public string Calls()
    {
        string calls = string.Join(", ", Bot.Statistics.Calls.OrderBy(call => call.Method, StringComparer.Ordinal).Select(call => $"{call.Method} {call.Count}"));
        Bot.ResetStatistics();
        return calls;
    }

    /// <summary>Advances the time by more than a Bot API server requires between two calls of setWebhook.</summary>
    public void Pass() => Time.Advance(TimeSpan.FromSeconds(2));

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
