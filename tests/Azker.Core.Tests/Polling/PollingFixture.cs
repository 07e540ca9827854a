using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Configuration;
using Azker.Core.Handling;
using Azker.Core.Handling.Commands;
using Azker.Core.Health;
using Azker.Core.Hosting;
using Azker.Core.Polling;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Polling;

/// <summary>
/// Azker's own container, which polls a stand-in for the Bot API server over HTTP; both run in the same virtual time.
/// </summary>
public sealed class PollingFixture : IAsyncDisposable
{
    private readonly TempDirectory _data = new();
    private readonly CancellationTokenSource _stop = new();
    private ServiceProvider? _services;
    private Task? _run;
    private bool _sharesServer;

    private PollingFixture(BotApiServer server, FakeTimeProvider time) => (Server, Time, Bot) = (server, time, server.Bot(Settings.Token));

    public BotApiServer Server { get; private set; }

    public FakeTimeProvider Time { get; }

    public BotAccount Bot { get; private set; }

    internal RecordingLoggerProvider Log { get; } = new();

    internal TestLockHandle Lock { get; } = new();

    public ReceiverStatus Status => _services!.GetRequiredService<ReceiverStatus>();

    /// <summary>The answer of <c>/health</c> now.</summary>
    public Task<HealthReport> Report() => _services!.GetRequiredService<HealthReporter>().ReportAsync(TestContext.Current.CancellationToken);

    internal T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    /// <summary>The services that are registered before Azker's own.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>Sets the options that only the command line sets.</summary>
    internal Action<AzkerOptions> Order { get; set; } = _ => { };

    public string DataDirectory => _data.FullPath;

    public static async Task<PollingFixture> CreateAsync(BotApiServerOptions? options = null)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-30T08:52:15Z", null));
        return new PollingFixture(await BotApiServer.StartAsync(options ?? new BotApiServerOptions(), time, TestContext.Current.CancellationToken), time);
    }

    /// <summary>Creates a second poller of the same bot, with a lock and a directory of its own.</summary>
    public PollingFixture CreateOther() => new(Server, Time) { _sharesServer = true };

    /// <summary>Starts to poll, with the shipped bot behind the given handler.</summary>
    public Task Start(Func<ReceivedUpdate, CancellationToken, Task>? handle = null, params (string Name, string? Value)[] settings)
    {
        if (handle is not null)
        {
            Services.AddKeyedSingleton("", HandlerRegistration.Of(new TestHandler(_ => true, handle)));
        }

        AzkerOptions options = Settings.Read(
            [(SettingNames.TelegramApiUrl, Server.Url), (SettingNames.DataDirectory, _data.FullPath), .. settings]);
        Order(options);
        new AzkerBuilder(Services, "").AddSampleBot();
        _services = Services
            .AddSingleton<BotProfile>()
            .AddSingleton<TimeProvider>(Time)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddReceiver(options)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        return _run = _services.GetRequiredService<PollingReceiver>().RunAsync(Lock, _stop.Token);
    }

    /// <summary>Lets virtual time pass, in steps, until a condition holds.</summary>
    public Task PassUntil(Func<bool> condition, string expectation, double step = 0.1) => Time.PassUntil(condition, expectation, step);

    /// <summary>Lets virtual time pass in steps, with a moment of real time after each step for the work that it starts.</summary>
    public async Task Pass(TimeSpan span, TimeSpan step)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < span; passed += step)
        {
            Time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets virtual time pass while no update arrives, no faster than polls are answered and sent again.</summary>
    public async Task PassIdle(TimeSpan span)
    {
        TimeSpan step = TimeSpan.FromSeconds(10);
        for (TimeSpan passed = TimeSpan.Zero; passed < span; passed += step)
        {
            await Eventually.IsTrue(
                () => Bot.Statistics.WaitingPoll is { } poll && Time.GetUtcNow() - poll.Since < TimeSpan.FromSeconds(50),
                "the next poll waits");
            Time.Advance(step);
        }
    }

    public Task WaitForPoll() => Eventually.IsTrue(() => Bot.Statistics.WaitingPoll is { ClientGone: false }, "a long poll waits");

    /// <summary>Requests the graceful stop, without a passage of time.</summary>
    public void RequestStop() => _stop.Cancel();

    /// <summary>Stops gracefully.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await PassUntil(() => _run!.IsCompleted, "the receiver stops");
        await _run!;
    }

    public async Task Replace(BotApiServerOptions options)
    {
        await Server.DisposeAsync();
        Server = await BotApiServer.StartAsync(options, Time, TestContext.Current.CancellationToken);
        Bot = Server.Bot(Settings.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_run is not null)
        {
            await PassUntil(() => _run.IsCompleted, "the receiver stops", step: 1);
        }

        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        await (_sharesServer ? ValueTask.CompletedTask : Server.DisposeAsync());
        await Lock.DisposeAsync();
        _stop.Dispose();
        _data.Dispose();
    }
}
