using Azker.Core.Configuration;
using Azker.Demo.StandIn;
using Azker.Demo.Story;
using Azker.Processes;

namespace Azker.Demo.Consoles;

/// <summary>A console of the story: its name, its own port of the stand-in, and its process, if one was started.</summary>
internal sealed class BotConsole(Role role, string apiUrl, DemoBot bot, string directory, string? storage, StoryClock clock) : IAsyncDisposable
{
    private const string Program = "Azker.PollingFallback";
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(20);

    private readonly string _webhook = role.Webhook + WebhookOptions.DefaultPath;
    private ChildProcess? _process;
    private bool _mustRun;

    public string Name => role.Name;

    public int Port { get; } = new Uri(apiUrl).Port;

    public ConsoleHistory History { get; } = new();

    public int ProcessId => _process!.Id;

    public IReadOnlyList<string> Output => _process?.Output ?? [];

    /// <summary>How the console receives, as a verb.</summary>
    public string Receives => role.Duty == Duty.ServesWebhook ? "serves the webhook" : "polls";

    /// <summary>Whether the stand-in has this console as the bot's webhook.</summary>
    public bool IsRegistered(Observation observation) => observation.Webhook.Url == _webhook;

    /// <summary>When the stand-in first saw the console receive after its last standby.</summary>
    public DateTimeOffset? SeenAt(Observation observation) => SeenAt(observation, History.LastStandby);

    /// <param name="mustRun">Whether the demo fails when the console ends by itself.</param>
    /// <param name="arguments">The command line of the console.</param>
    public async Task StartAsync(bool mustRun, params IEnumerable<string> arguments)
    {
        await DisposeAsync();
        History.Enter(ConsoleState.Starting, clock.Elapsed);
        _process = ChildProcess.Start(Program, directory, Settings(), arguments);
        _mustRun = mustRun;
    }

    /// <summary>Sends SIGKILL.</summary>
    /// <returns>The time of the kill.</returns>
    public DateTimeOffset Kill()
    {
        DateTimeOffset killedAt = End(ConsoleState.Killed);
        _process!.Kill();
        return killedAt;
    }

    /// <summary>Sends SIGTERM: the console finishes the updates in flight and releases the lock.</summary>
    /// <returns>The time of the request.</returns>
    public DateTimeOffset RequestStop()
    {
        DateTimeOffset requestedAt = End(ConsoleState.Stopping);
        _process!.Send(Signal.Terminate);
        return requestedAt;
    }

    /// <summary>Sends SIGSTOP.</summary>
    public void Pause()
    {
        History.Enter(ConsoleState.Paused, clock.Elapsed);
        _process!.Send(Signal.Stop);
    }

    /// <summary>Sends SIGCONT.</summary>
    public void Resume()
    {
        History.Enter(ConsoleState.Starting, clock.Elapsed);
        _process!.Send(Signal.Continue);
    }

    /// <exception cref="DemoFailedException">The console still runs, or ended with another exit code.</exception>
    public async Task ExpectExitAsync(int expectedCode, ConsoleState state, CancellationToken cancellationToken)
    {
        try
        {
            int code = await _process!.WaitForExitAsync(ExitLimit, clock.Time, cancellationToken);
            History.Enter(state, clock.Elapsed);
            if (code != expectedCode)
            {
                throw new DemoFailedException($"Console {Name} ended with exit code {code} instead of {expectedCode}.{LastOutput()}");
            }
        }
        catch (TimeoutException)
        {
            throw new DemoFailedException($"Console {Name} still runs {ExitLimit.TotalSeconds:0} s after it should have ended.{LastOutput()}");
        }
    }

    /// <summary>Enters the state in which the stand-in has seen the console.</summary>
    /// <exception cref="DemoFailedException">The console has ended by itself.</exception>
    public void Observe(Observation observation)
    {
        if (_mustRun && _process!.HasExited)
        {
            throw new DemoFailedException($"Console {Name} ended by itself, with exit code {_process.ExitCode}.{LastOutput()}");
        }

        (TimeSpan since, ConsoleState state) = History.Current;
        if (state is ConsoleState.Starting or ConsoleState.Standby && SeenAt(observation, since) is { } seenAt)
        {
            History.Advance(state, ConsoleState.Receiving, clock.At(seenAt));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private DateTimeOffset? SeenAt(Observation observation, TimeSpan after) => role.Duty == Duty.ServesWebhook
        ? observation.FirstPushAt(_webhook, clock.MomentOf(after))
        : observation.FirstPollAt(Port, clock.MomentOf(after));

    private DateTimeOffset End(ConsoleState state)
    {
        _mustRun = false;
        DateTimeOffset now = clock.Now;
        History.Enter(state, clock.At(now));
        return now;
    }

    private Dictionary<string, string> Settings() => new()
    {
        [SettingNames.TelegramBotToken] = bot.Token,
        [SettingNames.TelegramApiUrl] = apiUrl,
        [SettingNames.DataDirectory] = Path.Combine(directory, "data"),
        [SettingNames.Storage] = storage ?? "",
        [SettingNames.LockWait] = "false",
        // The longest possible time: the consoles, the storage and the stand-in may share one busy processor.
        [SettingNames.LockAttemptTimeout] = "3.5",
        // With a table, the claims of a killed webhook would block its updates in flight for longer than the whole story: the
        // table cannot tell that the process has died.
        [SettingNames.UpdateLedger] = storage is null ? "file" : "memory",
        [SettingNames.UseWebhook] = role.Duty == Duty.Polls ? "false" : "true",
        [SettingNames.WebhookUrl] = role.Webhook,
        [SettingNames.WebhookListen] = role.Duty == Duty.ServesWebhook ? role.Webhook : "",
        [SettingNames.FallbackGrace] = "1",
        [SettingNames.FailbackDelay] = "2",
        [SettingNames.FallbackCheckInterval] = "0.25",
    };

    private string LastOutput() => string.Concat(Output.TakeLast(10).Prepend(" Its last output:").Select(line => $"{line}{Environment.NewLine}"));
}
