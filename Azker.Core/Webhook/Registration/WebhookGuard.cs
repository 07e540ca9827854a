using Azker.Core.BotApi;
using Azker.Core.Locking;
using Azker.Core.Status;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Keeps the webhook registered as configured. When all is well that costs one <c>getWebhookInfo</c> and no write.
/// </summary>
internal sealed partial class WebhookGuard(
    WebhookRegistration registration,
    WebhookDrift drift,
    ReceiverRecordWriter recorder,
    DropPendingOrder dropPending,
    IInstanceLock instanceLock,
    ReceiverStatus status,
    TimeProvider timeProvider,
    ILogger<WebhookGuard> logger)
{
    /// <summary>Until when the Bot API server wants no calls.</summary>
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>One line for a state, not one for each of the runs.</summary>
    private string? _lastLeft;

    /// <summary>
    /// Looks after the webhook, unless somebody holds the receiver lock. Only when it differs from what is configured, the
    /// lock is taken, and given back at the end.
    /// </summary>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What it found or did. Faults of the Bot API server, and of the storage, are in it.</returns>
    /// <exception cref="InstanceLockException">The lock cannot be used here.</exception>
    public Task<WebhookGuardResult> RunAsync(CancellationToken cancellationToken) => GuardAsync(ReportedRunAsync, cancellationToken);

    /// <summary>Does the same for who holds the receiver lock already, and keeps it; that it failed is left to the caller to tell.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What it found or did; never that it was left to a poller.</returns>
    /// <exception cref="InstanceLockLostException">The lock was lost.</exception>
    public Task<WebhookGuardResult> RunAsync(IInstanceLockHandle handle, CancellationToken cancellationToken) =>
        GuardAsync(token => HeldRunAsync(handle, token), cancellationToken);

    /// <summary>Checks the settings of the webhook against what a Bot API server accepts, without calling it; it does ask DNS.</summary>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>What is wrong and what to do, in one line; <see langword="null"/> when nothing is.</returns>
    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => registration.FindFaultAsync(cancellationToken);

    private async Task<WebhookGuardResult> GuardAsync(Func<CancellationToken, Task<WebhookGuardResult>> run, CancellationToken cancellationToken)
    {
        if (_notBefore - timeProvider.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
        {
            return new WebhookGuardResult(WebhookGuardOutcome.Failed) { Reason = "The Bot API server wants no calls for now.", RetryAfter = wait };
        }

        WebhookGuardResult result = await run(cancellationToken);
        if (result.RetryAfter is { } retryAfter)
        {
            _notBefore = timeProvider.GetUtcNow() + retryAfter;
        }

        if (result.IsRegistered)
        {
            status.ExchangeSucceeded();
        }

        Report(result);
        return result;
    }

    private async Task<WebhookGuardResult> ReportedRunAsync(CancellationToken cancellationToken)
    {
        WebhookGuardResult result = await FreeRunAsync(cancellationToken);
        if (result.Outcome == WebhookGuardOutcome.Failed)
        {
            Log.Failed(logger, result.Reason!);
        }

        return result;
    }

    private async Task<WebhookGuardResult> FreeRunAsync(CancellationToken cancellationToken)
    {
        if (await instanceLock.GetHolderAsync(cancellationToken) is { } holder)
        {
            return LeftTo(holder);
        }

        Snapshot sight = await LookAsync(cancellationToken);
        if ((sight.End ?? LeftToOther(sight) ?? await CheckAsync(sight, cancellationToken)) is { } end)
        {
            return end;
        }

        try
        {
            await using IInstanceLockHandle? handle = await instanceLock.TryAcquireAsync(cancellationToken);
            return handle is null
                ? LeftTo(await instanceLock.GetHolderAsync(cancellationToken))
                : await RepairAsync(handle, cancellationToken);
        }
        catch (InstanceLockException error) when (!error.IsPermission)
        {
            return new WebhookGuardResult(WebhookGuardOutcome.Failed) { Drift = sight.Drift, Reason = error.Message };
        }
        catch (InstanceLockLostException error)
        {
            return new WebhookGuardResult(WebhookGuardOutcome.Failed) { Drift = sight.Drift, Reason = error.Message };
        }
    }

    private async Task<WebhookGuardResult> HeldRunAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        Snapshot sight = await LookAsync(cancellationToken);
        return sight.End ?? await CheckAsync(sight, cancellationToken) ?? await SetAsync(handle, sight, cancellationToken);
    }

    /// <summary>Looks again: before the lock was ours, another guard may have been here.</summary>
    private async Task<WebhookGuardResult> RepairAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        Snapshot sight = await LookAsync(cancellationToken);
        return sight.End ?? LeftToOther(sight) ?? await SetAsync(handle, sight, cancellationToken);
    }

    private async Task<Snapshot> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            RegisteredWebhook registered = await registration.GetAsync(cancellationToken);
            ReceiverRecord? record = await recorder.ReadAsync(cancellationToken);
            IReadOnlyList<string> found = drift.Find(registered, record);
            found = dropPending.IsOpen ? [.. found, "drop_pending_updates"] : found;
            return new Snapshot(registered, record, found, found.Count == 0 ? new WebhookGuardResult(WebhookGuardOutcome.Unchanged) : null);
        }
        catch (Exception error) when (Failure(error, []) is { } failed)
        {
            return new Snapshot(new RegisteredWebhook(), null, [], failed);
        }
    }

    private WebhookGuardResult? LeftToOther(Snapshot sight) => recorder.IsSuperseded(sight.Registered, sight.Record)
        ? new WebhookGuardResult(WebhookGuardOutcome.LeftToOther)
        {
            Drift = sight.Drift,
            Reason = $"A later deployment of this bot has registered its webhook at {sight.Registered.Place}. To register this one's instead: webhook set.",
        }
        : null;

    private async Task<WebhookGuardResult?> CheckAsync(Snapshot sight, CancellationToken cancellationToken) =>
        await registration.FindFaultAsync(cancellationToken) is { } fault
            ? new WebhookGuardResult(WebhookGuardOutcome.Failed) { Drift = sight.Drift, Reason = fault }
            : null;

    private async Task<WebhookGuardResult> SetAsync(IInstanceLockHandle handle, Snapshot sight, CancellationToken cancellationToken)
    {
        try
        {
            await registration.SetAsync(handle, dropPending.IsOpen, cancellationToken);
            dropPending.CarriedOut();
            await RecordAsync(handle, sight);
            return new WebhookGuardResult(sight.Registered.IsSet ? WebhookGuardOutcome.Repaired : WebhookGuardOutcome.Registered) { Drift = sight.Drift };
        }
        catch (Exception error) when (Failure(error, sight.Drift) is { } failed)
        {
            return failed;
        }
    }

    /// <summary>
    /// Without the record the webhook is registered all the same; the next run sets it once more. A stop does not prevent
    /// it: what was done is recorded.
    /// </summary>
    private async Task RecordAsync(IInstanceLockHandle handle, Snapshot sight)
    {
        handle.ThrowIfLost();
        string reason = sight.Registered.IsSet ? $"repaired: {string.Join(", ", sight.Drift)}" : "registered";
        try
        {
            await recorder.WriteRegisteredAsync(handle, sight.Record, reason, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotRecorded(logger, error);
        }
    }

    private static WebhookGuardResult? Failure(Exception error, IReadOnlyList<string> drift)
    {
        if (error is BotApiException { Fault: var fault })
        {
            return new WebhookGuardResult(WebhookGuardOutcome.Failed)
            {
                Drift = drift,
                Reason = fault.Description,
                RetryAfter = fault.Kind == BotApiFaultKind.TooManyRequests ? fault.RetryAfter : null,
            };
        }

        return error is IOException or UnauthorizedAccessException
            ? new WebhookGuardResult(WebhookGuardOutcome.Failed) { Drift = drift, Reason = $"The receiver record cannot be used: {error.Message}" }
            : null;
    }

    private static WebhookGuardResult LeftTo(LockHolder? holder) => new(WebhookGuardOutcome.LeftToPoller)
    {
        Reason = holder is null
            ? "Another instance holds the receiver lock."
            : $"The receiver lock is held by PID {holder.ProcessId} on {holder.Host} since {holder.Since:u}.",
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
            case WebhookGuardOutcome.LeftToPoller or WebhookGuardOutcome.LeftToOther when result.Reason != _lastLeft:
                Log.Left(logger, result.Reason!);
                break;
        }

        _lastLeft = result.IsLeft ? result.Reason : null;
    }

    /// <summary>The webhook as it is and as it should be; with an end, there is nothing to do.</summary>
    private sealed record Snapshot(RegisteredWebhook Registered, ReceiverRecord? Record, IReadOnlyList<string> Drift, WebhookGuardResult? End);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The webhook is registered, with a secret token.")]
        public static partial void Registered(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "The webhook was not as configured ({Drift}) and has been set anew.")]
        public static partial void Repaired(ILogger logger, string drift);

        [LoggerMessage(3, LogLevel.Information, "The webhook is left as it is. {Reason}")]
        public static partial void Left(ILogger logger, string reason);

        [LoggerMessage(5, LogLevel.Warning, "The webhook is registered, but this could not be recorded; the next run sets it once more.")]
        public static partial void NotRecorded(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "The webhook could not be looked after: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
