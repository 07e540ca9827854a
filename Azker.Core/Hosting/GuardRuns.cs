using Azker.Core.Configuration;
using Azker.Core.Instances;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Hosting;

/// <summary>
/// Runs the guard of a Functions app beside the invocations that ask for it. A run may wait 15 s for a lock whose last holder is unknown,
/// and a timer whose invocation lasts that long may never fire again. Requests ask for runs too, because a timer may not fire at all.
/// </summary>
internal sealed partial class GuardRuns(
    ScheduledWebhookGuard guard,
    BotHousekeeping housekeeping,
    InstanceHeartbeat heartbeat,
    StorageSummary storage,
    AzkerOptions options,
    ReceiverStatus status,
    TimeProvider timeProvider,
    ILogger<GuardRuns> logger) : IAsyncDisposable
{
    /// <summary>How long an invocation waits for its run. The run goes on afterwards.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How often requests ask for a run, until a run succeeds.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>After how long without a run requests ask for one: the timer seems to be dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);

    private const string NoWebhook = "USE_WEBHOOK is false, so this Functions app registers no webhook and receives no updates.";

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Task _run = Task.CompletedTask;
    private long? _begunAt;
    private bool _hasSucceeded;
    private bool _hasSaid;

    /// <summary>Begins a run for a timer, or joins the run in progress, and waits for it for up to 5 s.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InstanceLockException">The receiver lock cannot be used here.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Task run = Begin(isDue: _ => true);
        try
        {
            await run.WaitAsync(Patience, timeProvider, cancellationToken);
        }
        catch (TimeoutException) when (!run.IsCompleted)
        {
        }
    }

    /// <summary>Begins a run for a request, unless a run was begun within the last minute or a run has succeeded.</summary>
    public void BeginForRequest() => _ = Begin(elapsed => elapsed >= (_hasSucceeded ? Silence : Pause));

    /// <summary>Cancels the run in progress, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    /// <param name="isDue">Whether a run is due after the time since the last run was begun.</param>
    private Task Begin(Func<TimeSpan, bool> isDue)
    {
        lock (_gate)
        {
            if (_run.IsCompleted && (_begunAt is not { } begunAt || isDue(timeProvider.GetElapsedTime(begunAt))))
            {
                _begunAt = timeProvider.GetTimestamp();
                _run = RunAndLogAsync(_stopping.Token);
            }

            return _run;
        }
    }

    private async Task RunAndLogAsync(CancellationToken cancellationToken)
    {
        // The caller holds the gate, and may be a request that waits for nothing.
        await Task.Yield();
        try
        {
            _hasSucceeded = await RunOnceAsync(cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, error);
            throw;
        }
    }

    private async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        SayOnce();
        if (!options.Webhook.UseWebhook)
        {
            status.ExchangeFailed(NoWebhook);
            await housekeeping.RemoveOldAsync(cancellationToken);
            return true;
        }

        WebhookGuardResult result = await guard.RunAsync(cancellationToken);
        await housekeeping.RunAsync(cancellationToken);
        await heartbeat.BeatAsync(Silence, cancellationToken);
        return result.Outcome != WebhookGuardOutcome.Failed;
    }

    /// <summary>Says at the first run what a program with a start says there.</summary>
    private void SayOnce()
    {
        if (_hasSaid)
        {
            return;
        }

        _hasSaid = true;
        storage.Write();
        if (!options.Webhook.UseWebhook)
        {
            Log.NoWebhook(logger, NoWebhook);
        }

        if (!options.Storage.IsConfigured)
        {
            Log.NoAccount(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7031, LogLevel.Warning, "{Reason} Set USE_WEBHOOK to true and WEBHOOK_URL to the public URL of the app.")]
        public static partial void NoWebhook(ILogger logger, string reason);

        [LoggerMessage(7033, LogLevel.Warning,
            "No storage account is set, so the receiver lock and the ledger are of this instance alone, and another instance may handle an update again. "
            + "Set AzureWebJobsStorage, or AzureWebJobsStorage__accountName.")]
        public static partial void NoAccount(ILogger logger);

        [LoggerMessage(7032, LogLevel.Error, "The check of the webhook failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
