using Azker.Core.BotApi;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Keeps the webhook registered as configured. A run that finds no drift costs one <c>getWebhookInfo</c> and no write.
/// </summary>
internal sealed partial class WebhookGuard(
    WebhookRegistration registration,
    WebhookDrift drift,
    ReceiverRecordWriter recordWriter,
    DropPendingOrder dropPending,
    CertificateWatch certificate,
    IInstanceLock instanceLock,
    ReceiverStatus status,
    TimeProvider timeProvider,
    ILogger<WebhookGuard> logger)
{
    /// <summary>The last time for which the Bot API server asked for no calls.</summary>
    private (long Since, TimeSpan Length) _pause;

    /// <summary>Kept so that a reason is logged once, not in each run.</summary>
    private string? _lastSkipReason;
    private bool _hasWarnedOfUpdates;

    /// <summary>
    /// Checks the webhook, unless another instance holds the receiver lock. If the webhook has drifted, the guard takes the
    /// lock, repairs the webhook and releases the lock.
    /// </summary>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The result. It contains the faults of the Bot API server and of the storage.</returns>
    /// <exception cref="InstanceLockException">The lock cannot be used here.</exception>
    public Task<WebhookGuardResult> RunAsync(CancellationToken cancellationToken) => GuardAsync(RunAndLogFailureAsync, cancellationToken);

    /// <summary>
    /// Checks and repairs the webhook under a lock that the caller holds, and keeps the lock. The caller logs a failure.
    /// </summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The result; never <see cref="WebhookGuardOutcome.LockHeld"/>.</returns>
    /// <exception cref="InstanceLockLostException">The lock was lost.</exception>
    public Task<WebhookGuardResult> RunAsync(IInstanceLockHandle handle, CancellationToken cancellationToken) =>
        GuardAsync(token => RunUnderLockAsync(handle, token), cancellationToken);

    /// <summary>Checks the webhook's settings by the rules of a Bot API server, without a call to it; it asks DNS.</summary>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>The fault and what to do, in one line; <see langword="null"/> if there is no fault.</returns>
    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => registration.FindFaultAsync(cancellationToken);

    private async Task<WebhookGuardResult> GuardAsync(Func<CancellationToken, Task<WebhookGuardResult>> run, CancellationToken cancellationToken)
    {
        if (_pause.Length - timeProvider.GetElapsedTime(_pause.Since) is { } wait && wait > TimeSpan.Zero)
        {
            return new WebhookGuardResult(WebhookGuardOutcome.Failed)
            {
                Reason = $"The Bot API server asks to wait {wait.TotalSeconds:0.###} s before the next call.",
                RetryAfter = wait,
            };
        }

        certificate.Refresh();
        WebhookGuardResult result = await run(cancellationToken);
        if (result.RetryAfter is { } retryAfter)
        {
            _pause = (timeProvider.GetTimestamp(), retryAfter);
        }

        if (result.IsRegistered)
        {
            status.ExchangeSucceeded();
        }

        if (result.Outcome is WebhookGuardOutcome.Registered or WebhookGuardOutcome.Repaired)
        {
            status.ReceiverChanged();
        }

        Report(result);
        return result;
    }

    private async Task<WebhookGuardResult> RunAndLogFailureAsync(CancellationToken cancellationToken)
    {
        WebhookGuardResult result = await RunWithoutLockAsync(cancellationToken);
        if (result.Outcome == WebhookGuardOutcome.Failed)
        {
            Log.Failed(logger, result.Reason!);
        }

        return result;
    }

    private async Task<WebhookGuardResult> RunWithoutLockAsync(CancellationToken cancellationToken)
    {
        if (await instanceLock.GetHolderAsync(cancellationToken) is { } holder)
        {
            return LockHeld(holder);
        }

        Snapshot snapshot = await TakeSnapshotAsync(cancellationToken);
        if ((snapshot.Result ?? Superseded(snapshot) ?? await CheckSettingsAsync(snapshot, cancellationToken)) is { } result)
        {
            return result;
        }

        try
        {
            await using IInstanceLockHandle? handle = await instanceLock.TryAcquireAsync(cancellationToken);
            return handle is null
                ? LockHeld(await instanceLock.GetHolderAsync(cancellationToken))
                : await RepairAsync(handle, cancellationToken);
        }
        catch (InstanceLockException error) when (!error.IsPermission)
        {
            return new WebhookGuardResult(WebhookGuardOutcome.Failed) { Drift = snapshot.Drift, Reason = error.Message };
        }
        catch (InstanceLockLostException error)
        {
            return new WebhookGuardResult(WebhookGuardOutcome.Failed) { Drift = snapshot.Drift, Reason = error.Message };
        }
    }

    private async Task<WebhookGuardResult> RunUnderLockAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        Snapshot snapshot = await TakeSnapshotAsync(cancellationToken);
        return snapshot.Result ?? await CheckSettingsAsync(snapshot, cancellationToken) ?? await SetAsync(handle, snapshot, cancellationToken);
    }

    /// <summary>Takes a second snapshot: another guard may have repaired the webhook before this one got the lock.</summary>
    private async Task<WebhookGuardResult> RepairAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        Snapshot snapshot = await TakeSnapshotAsync(cancellationToken);
        return snapshot.Result ?? Superseded(snapshot) ?? await SetAsync(handle, snapshot, cancellationToken);
    }

    private async Task<Snapshot> TakeSnapshotAsync(CancellationToken cancellationToken)
    {
        try
        {
            RegisteredWebhook registered = await registration.GetAsync(cancellationToken);
            ReceiverRecord? record = await recordWriter.ReadAsync(cancellationToken);
            IReadOnlyList<string> found = drift.Find(registered, record);
            WarnOfServedUpdates(registered, record);
            found = dropPending.IsOpen ? [.. found, "drop_pending_updates"] : found;
            return new Snapshot(registered, record, found, found.Count == 0 ? new WebhookGuardResult(WebhookGuardOutcome.Unchanged) : null);
        }
        catch (Exception error) when (Failure(error, []) is { } failed)
        {
            return new Snapshot(new RegisteredWebhook(), null, [], failed);
        }
    }

    private void WarnOfServedUpdates(RegisteredWebhook registered, ReceiverRecord? record)
    {
        bool isServersOwn = drift.IsServersOwn(registered, record);
        if (isServersOwn && !_hasWarnedOfUpdates)
        {
            Log.ServesOtherUpdates(logger, string.Join(", ", registered.AllowedUpdates ?? UpdateKind.Default));
        }

        _hasWarnedOfUpdates = isServersOwn;
    }

    private WebhookGuardResult? Superseded(Snapshot snapshot) => recordWriter.IsSuperseded(snapshot.Registered, snapshot.Record)
        ? new WebhookGuardResult(WebhookGuardOutcome.Superseded)
        {
            Drift = snapshot.Drift,
            Reason = $"A later deployment of this bot has registered its webhook at {snapshot.Registered.Origin}. "
                + "To register this deployment's webhook instead, run: webhook set.",
        }
        : null;

    private async Task<WebhookGuardResult?> CheckSettingsAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        await registration.FindFaultAsync(cancellationToken) is { } fault
            ? new WebhookGuardResult(WebhookGuardOutcome.Failed) { Drift = snapshot.Drift, Reason = fault }
            : null;

    private async Task<WebhookGuardResult> SetAsync(IInstanceLockHandle handle, Snapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            await registration.SetAsync(handle, dropPending.Take(), cancellationToken);
            await RecordAsync(handle, snapshot);
            return new WebhookGuardResult(snapshot.Registered.IsSet ? WebhookGuardOutcome.Repaired : WebhookGuardOutcome.Registered) { Drift = snapshot.Drift };
        }
        catch (Exception error) when (Failure(error, snapshot.Drift) is { } failed)
        {
            return failed;
        }
    }

    /// <summary>
    /// Writes the record even during a stop, because the webhook is registered by now. Without the record the next run would
    /// register it again.
    /// </summary>
    private async Task RecordAsync(IInstanceLockHandle handle, Snapshot snapshot)
    {
        handle.ThrowIfLost();
        string reason = snapshot.Registered.IsSet ? $"repaired: {string.Join(", ", snapshot.Drift)}" : "registered";
        try
        {
            await recordWriter.WriteRegisteredAsync(
                handle, snapshot.Record, drift.ServedInstead(snapshot.Registered, snapshot.Record), reason, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotRecorded(logger, error);
        }
    }

    private static WebhookGuardResult? Failure(Exception error, IReadOnlyList<string> drift) => error switch
    {
        BotApiException { Fault: var fault } => new WebhookGuardResult(WebhookGuardOutcome.Failed)
        {
            Drift = drift,
            Reason = fault.Description,
            RetryAfter = fault.Kind == BotApiFaultKind.TooManyRequests ? fault.RetryAfter : null,
        },
        IOException or UnauthorizedAccessException => new WebhookGuardResult(WebhookGuardOutcome.Failed)
        {
            Drift = drift,
            Reason = $"The receiver record cannot be used: {error.Message.TrimEnd('.')}.",
        },
        _ => null,
    };

    private static WebhookGuardResult LockHeld(LockHolder? holder) => new(WebhookGuardOutcome.LockHeld)
    {
        Reason = holder is null
            ? "Another instance holds the receiver lock."
            : $"PID {holder.ProcessId} on {holder.Host} has held the receiver lock since {holder.Since:u}.",
    };

    private void Report(WebhookGuardResult result)
    {
        switch (result.Outcome)
        {
            case WebhookGuardOutcome.Registered:
                Log.Registered(logger);
                break;
            case WebhookGuardOutcome.Repaired:
                Log.Repaired(logger, string.Join(", ", result.Drift));
                break;
            case WebhookGuardOutcome.LockHeld or WebhookGuardOutcome.Superseded when result.Reason != _lastSkipReason:
                Log.Skipped(logger, result.Reason!);
                break;
        }

        _lastSkipReason = result.IsSkipped ? result.Reason : null;
    }

    /// <summary>The registered webhook, the record and the drift; with a result, the run ends here.</summary>
    private sealed record Snapshot(RegisteredWebhook Registered, ReceiverRecord? Record, IReadOnlyList<string> Drift, WebhookGuardResult? Result);

    private static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Information, "The webhook is registered, with a secret token.")]
        public static partial void Registered(ILogger logger);

        [LoggerMessage(3102, LogLevel.Warning, "The webhook differed from the settings ({Drift}) and was registered again.")]
        public static partial void Repaired(ILogger logger, string drift);

        [LoggerMessage(3103, LogLevel.Information, "The webhook was not changed. {Reason}")]
        public static partial void Skipped(ILogger logger, string reason);

        [LoggerMessage(3104, LogLevel.Warning, "The webhook could not be checked or repaired. {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(3106, LogLevel.Warning,
            "The Bot API server does not know all kinds of update in ALLOWED_UPDATES. It sends these: {Kinds}. Correct ALLOWED_UPDATES, or update your own server.")]
        public static partial void ServesOtherUpdates(ILogger logger, string kinds);

        [LoggerMessage(3105, LogLevel.Warning, "The webhook is registered, but the receiver record could not be written. The next run registers the webhook again.")]
        public static partial void NotRecorded(ILogger logger, Exception exception);
    }
}
