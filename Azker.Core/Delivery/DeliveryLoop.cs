using Azker.Core.Configuration;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Delivery.Parking;
using Azker.Core.Handling;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>
/// Makes attempts for one update in its lane until it is settled. An update that waits for its next attempt occupies no slot. No
/// update is handled without a claim in the ledger.
/// </summary>
internal sealed partial class DeliveryLoop(
    UpdateAttempts attempts,
    LedgerClient ledger,
    ParkedUpdates parked,
    HandlerSlots slots,
    BotHandlers handlers,
    DeliveryOptions options,
    TimeProvider timeProvider,
    Random random,
    ILogger<DeliveryLoop> logger)
{
    /// <summary>An update that waits longer than this for its next attempt is parked.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(5);

    /// <summary>How long a pushed update waits for a slot: Telegram waits for the answer.</summary>
    private static readonly TimeSpan MaxQueueTime = TimeSpan.FromSeconds(5);

    /// <summary>The longest delay after a counted attempt for which a run waits that goes on with parked updates.</summary>
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(10);

    private readonly OutageSignal _outage = new();

    /// <summary>Delivers an update.</summary>
    /// <returns>The result of the last attempt.</returns>
    public async ValueTask<AttemptResult> RunAsync(InFlightUpdate pending)
    {
        using IDisposable? scope = logger.BeginScope(new UpdateScope(pending.Update, pending.Context.Epoch));
        bool isBackground = IsBackground(pending.Update);
        if (await BeginAsync(pending, isBackground) is { } left)
        {
            return left;
        }

        var delays = new DeliveryDelays(random);
        long? failingSince = null;
        bool hasMetOutage = false;
        while (true)
        {
            AttemptResult result = await AttemptSafelyAsync(pending, isBackground);
            if (IsEnd(pending, result))
            {
                EndOutage(hasMetOutage, result);
                return result;
            }

            failingSince ??= timeProvider.GetTimestamp();
            hasMetOutage = result.Outcome == AttemptOutcome.Outage;
            if (await WaitForNextAttemptAsync(pending, result, delays.After(result), failingSince.Value) is { } end)
            {
                return end;
            }
        }
    }

    /// <summary>Stores an update.</summary>
    /// <returns>Whether it may be confirmed to Telegram.</returns>
    public Task<bool> ParkAsync(InFlightUpdate pending, DateTimeOffset? notBefore = null) =>
        pending.ParkAsync(() => parked.TryParkAsync(pending.Update, pending.ArrivalTime, notBefore));

    /// <summary>Parks an update before its first attempt if its handler takes long; waits until the attempt is allowed.</summary>
    /// <returns>The result if this instance does not go on with the update; otherwise <see langword="null"/>.</returns>
    private async ValueTask<AttemptResult?> BeginAsync(InFlightUpdate pending, bool isBackground)
    {
        bool parksFirst = isBackground || (options.AcknowledgeAfter == TimeSpan.Zero && parked.OutlivesRequests);
        if (parksFirst && !pending.IsParked && await ParkAsync(pending) && !parked.OutlivesRequests)
        {
            return new AttemptResult(AttemptOutcome.Parked);
        }

        if (pending.NotBefore is not { } notBefore)
        {
            return null;
        }

        TimeSpan wait = notBefore - timeProvider.GetUtcNow();
        return wait > LongWait && IsOfRun(pending) ? new AttemptResult(AttemptOutcome.Parked) { RetryAfter = wait }
            : await WaitAsync(wait, pending.Context, CancellationToken.None) ? null
            : new AttemptResult(AttemptOutcome.Cancelled);
    }

    /// <summary>Waits for the next attempt. An update that waits for long is parked.</summary>
    /// <returns>The result if this instance does not go on with the update; otherwise <see langword="null"/>.</returns>
    private async Task<AttemptResult?> WaitForNextAttemptAsync(InFlightUpdate pending, AttemptResult result, TimeSpan delay, long failingSince)
    {
        bool isOutage = result.Outcome == AttemptOutcome.Outage;
        if (isOutage && IsOfRun(pending))
        {
            delay = DeliveryDelays.OutageDelayAt(timeProvider.GetUtcNow() - pending.ArrivalTime, delay);
        }

        CancellationToken recovered = isOutage ? _outage.Recovered : CancellationToken.None;
        LogFailure(pending, result, delay);
        if (IsLong(pending, result, delay, failingSince) && await ParkAsync(pending, delay, result) && !parked.OutlivesRequests)
        {
            return new AttemptResult(AttemptOutcome.Parked) { RetryAfter = delay };
        }

        return await WaitAsync(delay, pending.Context, recovered) ? null : new AttemptResult(AttemptOutcome.Cancelled);
    }

    private bool IsLong(InFlightUpdate pending, AttemptResult result, TimeSpan delay, long failingSince) =>
        IsOfRun(pending) && result.Outcome == AttemptOutcome.Failed
            ? delay > LongestRetryDelay || timeProvider.GetElapsedTime(pending.ArrivedAt) + delay > parked.LatestBegin
            : timeProvider.GetElapsedTime(failingSince) + delay > LongWait;

    /// <summary>Whether a run brought the update that the host wants to end, and that another run follows.</summary>
    private bool IsOfRun(InFlightUpdate pending) => pending.Origin == DeliveryOrigin.Parked && !parked.OutlivesRequests;

    private void EndOutage(bool hasMetOutage, AttemptResult result)
    {
        if (hasMetOutage && result.IsSettled)
        {
            _outage.Succeeded();
        }
    }

    /// <summary>Whether this instance does not go on with an update after an attempt.</summary>
    private bool IsEnd(InFlightUpdate pending, AttemptResult result) => result.Outcome switch
    {
        AttemptOutcome.Settled or AttemptOutcome.Duplicate or AttemptOutcome.Cancelled or AttemptOutcome.Parked or AttemptOutcome.Overloaded => true,

        // Telegram delivers a pushed update again. A parked update of another instance that is alive needs no second instance.
        AttemptOutcome.Busy => IsLeftToOthers(pending),
        AttemptOutcome.Unavailable => pending is { Origin: DeliveryOrigin.Pushed, IsParked: false },
        _ => pending.Origin == DeliveryOrigin.Pushed && !parked.IsPossible,
    };

    private static bool IsLeftToOthers(InFlightUpdate pending) =>
        pending is { Origin: DeliveryOrigin.Pushed, IsParked: false } or { Origin: DeliveryOrigin.Parked, Context.Epoch: null };

    private async Task<bool> ParkAsync(InFlightUpdate pending, TimeSpan delay, AttemptResult result)
    {
        DateTimeOffset? notBefore = result.Outcome == AttemptOutcome.Throttled ? timeProvider.GetUtcNow() + delay : null;
        if (pending.IsParked && notBefore is not null)
        {
            await parked.TryParkAsync(pending.Update, pending.ArrivalTime, notBefore);
        }

        return await ParkAsync(pending, notBefore);
    }

    /// <summary>A defect, of a ledger for instance, must not end the delivery: the offset would stay at this update for good.</summary>
    private async ValueTask<AttemptResult> AttemptSafelyAsync(InFlightUpdate pending, bool isBackground)
    {
        try
        {
            return await AttemptInSlotAsync(pending, isBackground);
        }
        catch (Exception error) when (!pending.Context.CancellationToken.IsCancellationRequested)
        {
            Log.DeliveryFailed(logger, pending.Update.Id, pending.Update.Kind, error);
            return new AttemptResult(AttemptOutcome.Unavailable);
        }
        catch (OperationCanceledException)
        {
            return new AttemptResult(AttemptOutcome.Cancelled);
        }
    }

    private async ValueTask<AttemptResult> AttemptInSlotAsync(InFlightUpdate pending, bool isBackground)
    {
        using HandlerSlots.Lease? slot = slots.TryTake(isBackground) ?? await WaitForSlotAsync(pending, isBackground);
        if (slot is null)
        {
            return new AttemptResult(pending.Context.CancellationToken.IsCancellationRequested ? AttemptOutcome.Cancelled : AttemptOutcome.Overloaded);
        }

        UpdateClaim claim = await ledger.ClaimAsync(pending.Update.Id, pending.Context.Epoch, pending.Context.CancellationToken);
        return claim.Outcome switch
        {
            ClaimOutcome.Claimed => await AttemptClaimedAsync(pending, claim),
            ClaimOutcome.Duplicate => new AttemptResult(AttemptOutcome.Duplicate),
            ClaimOutcome.Busy => new AttemptResult(AttemptOutcome.Busy),
            _ => new AttemptResult(AttemptOutcome.Unavailable),
        };
    }

    private async ValueTask<AttemptResult> AttemptClaimedAsync(InFlightUpdate pending, UpdateClaim claim)
    {
        var result = new AttemptResult(AttemptOutcome.Failed);
        await using var held = new HeldClaim(claim, ledger, timeProvider, pending.Context.CancellationToken);
        try
        {
            return result = !pending.Context.IsHeld() ? new AttemptResult(AttemptOutcome.Cancelled)
                : parked.OutlivesRequests || pending.Origin != DeliveryOrigin.Pushed ? await attempts.TryAsync(pending, claim, held.Lost)
                : await AttemptWithinRequestAsync(pending, claim, held.Lost);
        }
        finally
        {
            UpdateClaim current = await held.EndAsync();
            await (result.Outcome == AttemptOutcome.Settled
                ? ledger.SettleAsync(current)
                : ledger.ReleaseAsync(current, hasFailed: result.Outcome == AttemptOutcome.Failed));
        }
    }

    /// <summary>Cancels the handler when its request must end. Then the update is parked, and the attempt does not count.</summary>
    private async ValueTask<AttemptResult> AttemptWithinRequestAsync(InFlightUpdate pending, UpdateClaim claim, CancellationToken cancellationToken)
    {
        TimeSpan left = parked.MaxRequestTime - timeProvider.GetElapsedTime(pending.ArrivedAt);
        using var end = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        AttemptResult result = await attempts.TryAsync(pending, claim, either.Token);
        if (result.Outcome != AttemptOutcome.Cancelled || cancellationToken.IsCancellationRequested)
        {
            return result;
        }

        if (await ParkAsync(pending))
        {
            Log.TooSlowForRequest(logger, pending.Update.Id, pending.Update.Kind, parked.MaxRequestTime.TotalSeconds);
            return new AttemptResult(AttemptOutcome.Parked);
        }

        return new AttemptResult(AttemptOutcome.Failed) { Attempt = claim.Attempt };
    }

    /// <summary>Waits for a slot. A pushed update waits for a few seconds only, unless Telegram would drop it and it can be parked.</summary>
    private async Task<HandlerSlots.Lease?> WaitForSlotAsync(InFlightUpdate pending, bool isBackground)
    {
        CancellationToken cancellationToken = pending.Context.CancellationToken;
        if (pending.IsParked || pending.Origin != DeliveryOrigin.Pushed)
        {
            return await slots.TakeAsync(isBackground, cancellationToken);
        }

        pending.IsWaitingForSlot = true;
        TimeSpan left = MaxQueueTime - timeProvider.GetElapsedTime(pending.ArrivedAt);
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        HandlerSlots.Lease? slot = await slots.TakeAsync(isBackground, either.Token);
        pending.IsWaitingForSlot = false;
        return slot is null && pending.Update.IsShortLived && parked.OutlivesRequests && await ParkAsync(pending)
            ? await slots.TakeAsync(isBackground, cancellationToken)
            : slot;
    }

    private bool IsBackground(ReceivedUpdate update)
    {
        try
        {
            return handlers.AnyBackground && handlers.Find(update) is { IsBackground: true };
        }
        catch (Exception)
        {
            // The attempt meets the same exception, and decides what follows from it.
            return false;
        }
    }

    /// <returns>Whether the wait is over; not when it was cancelled.</returns>
    private async Task<bool> WaitAsync(TimeSpan delay, DeliveryContext context, CancellationToken early)
    {
        if (delay <= TimeSpan.Zero)
        {
            return !context.StoppingToken.IsCancellationRequested;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.StoppingToken, context.CancellationToken, early);
        await Task.Delay(delay, timeProvider, end.Token)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (early.IsCancellationRequested)
        {
            // The other party is the update that succeeded: it must not run the handlers of all updates that wait.
            await Task.Yield();
        }

        return !context.StoppingToken.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested;
    }

    private void LogFailure(InFlightUpdate pending, AttemptResult result, TimeSpan delay)
    {
        ReceivedUpdate update = pending.Update;
        if (result.Reason is not { } reason)
        {
            return;
        }

        if (result.Outcome == AttemptOutcome.Failed)
        {
            Log.AttemptFailed(logger, update.Id, update.Kind, result.Attempt, options.MaxAttempts, reason, delay.TotalSeconds, result.Error);
        }
        else
        {
            Log.AttemptPostponed(logger, update.Id, update.Kind, reason, delay.TotalSeconds, result.Error!.Message.TrimEnd('.'));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Warning, "Update {UpdateId} ({Kind}) failed (attempt {Attempt} of {MaxAttempts}). {Reason} Retrying in {Delay:0.###} s.")]
        public static partial void AttemptFailed(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string reason, double delay, Exception? exception);

        [LoggerMessage(4002, LogLevel.Warning, "Update {UpdateId} ({Kind}) waits. {Reason} Retrying in {Delay:0.###} s; the attempt does not count: {Error}.")]
        public static partial void AttemptPostponed(ILogger logger, int updateId, string kind, string reason, double delay, string error);

        [LoggerMessage(4004, LogLevel.Information, "The handler of update {UpdateId} ({Kind}) did not end within {Limit:0.###} s, the time of a request. It is cancelled and runs again from the parked updates. Mark it with [Background] to avoid the repetition.")]
        public static partial void TooSlowForRequest(ILogger logger, int updateId, string kind, double limit);

        [LoggerMessage(4005, LogLevel.Error, "The delivery of update {UpdateId} ({Kind}) failed unexpectedly. The update is delivered again. Please report the exception.")]
        public static partial void DeliveryFailed(ILogger logger, int updateId, string kind, Exception exception);
    }
}
