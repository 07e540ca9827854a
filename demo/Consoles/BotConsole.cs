using Azker.Core.Configuration;
using Azker.Demo.StandIn;
using Azker.Demo.Story;
using Azker.Processes;

namespace Azker.Demo.Consoles;

/// <summary>
/// A place for a console: a name, a port of the stand-in for it alone, and the process that runs there, if any.
/// </summary>
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

    /// <summary>How it receives, in a word.</summary>
    public string Receives => role.Duty == Duty.ServesWebhook ? "serves the webhook" : "polls";

    /// <summary>Whether the stand-in knows it as the bot's webhook.</summary>
    public bool IsRegistered(Observation observation) => observation.Webhook.Url == _webhook;

    /// <summary>When the stand-in first saw it receive, after it was last waiting for that.</summary>
    public DateTimeOffset? SeenAt(Observation observation) => SeenAt(observation, History.LastStandby);

    /// <param name="mustRun">Whether it is a fault when it ends by itself.</param>
    /// <param name="arguments">Its command line.</param>
    public async Task StartAsync(bool mustRun, params IEnumerable<string> arguments)
    {
        await DisposeAsync();
        History.Enter(ConsoleState.Starting, clock.Elapsed);
        _process = ChildProcess.Start(Program, directory, Settings(), arguments);
        _mustRun = mustRun;
    }

    /// <summary>SIGKILL.</summary>
    /// <returns>When.</returns>
    public DateTimeOffset Kill()
    {
        DateTimeOffset killedAt = End(ConsoleState.Killed);
        _process!.Kill();
        return killedAt;
    }

    /// <summary>SIGTERM: the console finishes what it has in hand and releases the lock.</summary>
    /// <returns>When it was asked to.</returns>
    public DateTimeOffset RequestStop()
    {
        DateTimeOffset requestedAt = End(ConsoleState.Stopping);
        _process!.Send(Signal.Terminate);
        return requestedAt;
    }

    /// <summary>SIGSTOP.</summary>
    public void Pause()
    {
        History.Enter(ConsoleState.Paused, clock.Elapsed);
        _process!.Send(Signal.Stop);
    }

    /// <summary>SIGCONT.</summary>
    public void Resume()
    {
        History.Enter(ConsoleState.Starting, clock.Elapsed);
        _process!.Send(Signal.Continue);
    }

    /// <exception cref="DemoFailedException">It still runs, or its exit code is another.</exception>
    public async Task ExpectExitAsync(int expectedCode, ConsoleState state, CancellationToken cancellationToken)
    {
        try
        {
            int code = await _process!.WaitForExitAsync(ExitLimit, clock.Time, cancellationToken);
            History.Enter(state, clock.Elapsed);
            if (code != expectedCode)
            {
                throw new DemoFailedException($"Console {Name} ended with exit code {code}, and not {expectedCode}.{LastWords()}");
            }
        }
        catch (TimeoutException)
        {
            throw new DemoFailedException($"Console {Name} still runs {ExitLimit.TotalSeconds:0} s after it should have ended.{LastWords()}");
        }
    }

    /// <summary>Takes note of what the stand-in has seen of it.</summary>
    /// <exception cref="DemoFailedException">It has ended by itself.</exception>
    public void Observe(Observation observation)
    {
        if (_mustRun && _process!.HasExited)
        {
            throw new DemoFailedException($"Console {Name} ended by itself, with exit code {_process.ExitCode}.{LastWords()}");
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
        // As long as can be: the whole system, with its storage, may have one busy processor.
        [SettingNames.LockAttemptTimeout] = "3.5",
        // A table would keep what a killed webhook had in hand from the others for as long as the webhook might still be at
        // it, which is longer than the whole story.
        [SettingNames.UpdateLedger] = storage is null ? "file" : "memory",
        [SettingNames.UseWebhook] = role.Duty == Duty.Polls ? "false" : "true",
        [SettingNames.WebhookUrl] = role.Webhook,
        [SettingNames.WebhookListen] = role.Duty == Duty.ServesWebhook ? role.Webhook : "",
        [SettingNames.FallbackGrace] = "1",
        [SettingNames.FailbackDelay] = "2",
        [SettingNames.FallbackCheckInterval] = "0.25",
    };

    private string LastWords() => string.Concat(Output.TakeLast(10).Prepend(" It last wrote:").Select(line => $"{line}{Environment.NewLine}"));
}
