using Azker.Core.Configuration;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Infrastructure;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>
/// Delivers an update until it is settled: handled, or a dead letter. Attempts of one key follow each other. An update that
/// waits for its next attempt occupies no slot. No update is handled without a claim in the ledger.
/// </summary>
#pragma warning disable CA1001 // The semaphore holds no handle to free; if it were disposed, an attempt that outlasts the container would fail.
internal sealed partial class UpdateDelivery(
    UpdateAttempts attempts,
    AttemptPolicy policy,
    LedgerClient ledger,
    DeliveryOptions options,
    TimeProvider timeProvider,
    Random random,
    ILogger<UpdateDelivery> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    /// <summary>The longest interval between two checks whether another instance has settled an update that it is processing.</summary>
    private static readonly TimeSpan MaxBusyDelay = TimeSpan.FromSeconds(5);

    /// <summary>Together with the time limit of a handler, this stays below the 60 s that Telegram waits for the answer of a webhook.</summary>
    private static readonly TimeSpan MaxQueueTime = TimeSpan.FromSeconds(5);

    /// <summary>The interval at which a wait for the next attempt checks whether the update blocks others.</summary>
    private static readonly TimeSpan YieldCheckInterval = TimeSpan.FromSeconds(1);

    /// <summary>How many pushed updates may wait for each slot, or for their lane.</summary>
    private const int QueuedPerSlot = 2;

    private readonly UpdateLanes _lanes = new();
    private readonly SemaphoreSlim _slots = new(options.MaxConcurrentUpdates);

    /// <summary>How many pushed updates are accepted at once.</summary>
    private readonly int _capacity = options.MaxConcurrentUpdates * (1 + QueuedPerSlot);
    private int _accepted;

    // Telegram may have counted one failure more than there were attempts here, if there was no slot.
    private readonly Redelivery _pushed = new(failures => WebhookRedelivery.MaxDelayAfter(failures + 1), () => policy.IsWebhookBlocked);

    /// <summary>
    /// After how long Telegram is asked to deliver an update again for which there is no slot. It is short, because Telegram
    /// drops an update that expires before its next delivery.
    /// </summary>
    public static TimeSpan OverloadDelay { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Delivers an update in the lane of its key.</summary>
    /// <param name="update">The update.</param>
    /// <param name="context">The lock and the window under which the update was polled.</param>
    /// <param name="stoppingToken">
    /// Ends the wait for another attempt, but not an attempt that runs. It is cancelled no later than
    /// <paramref name="cancellationToken"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the delivery.</param>
    /// <returns>Whether the update is settled; <see langword="false"/> only after a cancellation.</returns>
    public Task<bool> DeliverAsync(
        ReceivedUpdate update, PollContext context, CancellationToken stoppingToken, CancellationToken cancellationToken) =>
        _lanes.RunAsync(update.Key, before => stoppingToken.IsCancellationRequested && WasLeftUnsettled(before)
            ? Task.FromResult(false)
            : SettleAsync(update, context, new Redelivery(DelayAfter, context.BlocksOthers), stoppingToken, cancellationToken));

    /// <summary>Writes a dead letter for data from Telegram that is not an update, and retries until it is written.</summary>
    /// <returns>Whether the dead letter is written; <see langword="false"/> only after a cancellation.</returns>
    public async Task<bool> DeadLetterAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, MaxDelay, random);
        while (!await attempts.TryDeadLetterAsync(raw, error, cancellationToken))
        {
            if (!await WaitAsync(backoff.Next(), cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Claims an update and makes one attempt in the lane of its key. The sender of a failed update delivers it again; after
    /// the last attempt the update becomes a dead letter.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="cancellationToken">Cancels the attempt, which then does not count.</param>
    public async Task<AttemptResult> AttemptAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        long queuedAt = timeProvider.GetTimestamp();
        try
        {
            bool hasRoom = Interlocked.Increment(ref _accepted) <= _capacity;
            if (!hasRoom && !MayExpireSoon(update))
            {
                return new AttemptResult(AttemptOutcome.Overloaded);
            }

            // The claim comes before the queue, so that an update that is in progress or settled does not queue behind itself.
            return await AttemptAsync(
                update,
                epoch: null,
                claim => hasRoom
                    ? _lanes.RunAsync(update.Key, () => TryWithinQueueTimeAsync(update, claim, queuedAt, cancellationToken))
                    : attempts.RefuseAsync(update, claim, cancellationToken),
                cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _accepted);
        }
    }

    /// <summary>Tries once to write a dead letter for data from Telegram that is not an update.</summary>
    /// <returns>Whether the dead letter was written.</returns>
    public Task<bool> TryDeadLetterAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        attempts.TryDeadLetterAsync(raw, error, cancellationToken);

    /// <summary>
    /// Makes attempts until the update is settled. Each attempt has its own claim, and its result is in the ledger before the
    /// next attempt, so no claim lasts longer than a handler may run.
    /// </summary>
    private async Task<bool> SettleAsync(
        ReceivedUpdate update, PollContext context, Redelivery redelivery, CancellationToken stoppingToken, CancellationToken cancellationToken)
    {
        var failures = new Backoff(FirstDelay, MaxDelay, random);
        var busy = new Backoff(FirstDelay, MaxBusyDelay, random);
        while (true)
        {
            AttemptResult result = await AttemptSafelyAsync(update, context, redelivery, cancellationToken);
            if (result.Outcome is AttemptOutcome.Settled or AttemptOutcome.Duplicate)
            {
                return true;
            }

            TimeSpan delay = (result.Outcome == AttemptOutcome.Busy ? busy : failures).Next();
            if (result.Reason is { } reason)
            {
                Log.AttemptFailed(logger, update.Id, update.Kind, result.Attempt, options.MaxAttempts, reason, delay.TotalSeconds, result.Error);
            }

            if (result.Outcome == AttemptOutcome.Cancelled
                || !await WaitForNextAttemptAsync(delay, () => policy.MustYield(update, result.Attempt, redelivery.BlocksOthers()), stoppingToken))
            {
                return false;
            }
        }
    }

    /// <summary>A defect, of a ledger for instance, must not end the delivery: the offset would stay at this update for good.</summary>
    private async Task<AttemptResult> AttemptSafelyAsync(
        ReceivedUpdate update, PollContext context, Redelivery redelivery, CancellationToken cancellationToken)
    {
        try
        {
            return await AttemptInSlotAsync(update, context, redelivery, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.DeliveryFailed(logger, update.Id, update.Kind, error);
            return new AttemptResult(AttemptOutcome.Unavailable);
        }
    }

    private async Task<AttemptResult> AttemptInSlotAsync(
        ReceivedUpdate update, PollContext context, Redelivery redelivery, CancellationToken cancellationToken)
    {
        Task<AttemptResult> TryAsync(UpdateClaim claim) => context.IsHeld()
            ? attempts.TryAsync(update, claim, reply: null, redelivery, cancellationToken)
            : Task.FromResult(new AttemptResult(AttemptOutcome.Cancelled));

        try
        {
            await _slots.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new AttemptResult(AttemptOutcome.Cancelled);
        }

        try
        {
            return await AttemptAsync(update, context.Epoch, TryAsync, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<AttemptResult> AttemptAsync(
        ReceivedUpdate update, long? epoch, Func<UpdateClaim, Task<AttemptResult>> attempt, CancellationToken cancellationToken)
    {
        UpdateClaim claim = await ledger.ClaimAsync(update.Id, epoch, cancellationToken);
        switch (claim.Outcome)
        {
            case ClaimOutcome.Duplicate:
                return new AttemptResult(AttemptOutcome.Duplicate);
            case ClaimOutcome.Busy:
                return new AttemptResult(AttemptOutcome.Busy);
            case ClaimOutcome.Unavailable:
                return new AttemptResult(AttemptOutcome.Unavailable);
        }

        var result = new AttemptResult(AttemptOutcome.Failed);
        await using var held = new HeldClaim(claim, ledger, timeProvider);
        try
        {
            return result = await attempt(claim);
        }
        finally
        {
            UpdateClaim current = await held.EndAsync();
            await (result.Outcome == AttemptOutcome.Settled
                ? ledger.SettleAsync(current)
                : ledger.ReleaseAsync(current, hasFailed: result.Outcome == AttemptOutcome.Failed));
        }
    }

    private async Task<AttemptResult> TryWithinQueueTimeAsync(ReceivedUpdate update, UpdateClaim claim, long queuedAt, CancellationToken cancellationToken)
    {
        if (!await TryTakeSlotAsync(queuedAt, cancellationToken))
        {
            return cancellationToken.IsCancellationRequested
                ? new AttemptResult(AttemptOutcome.Cancelled)
                : await attempts.RefuseAsync(update, claim, cancellationToken);
        }

        AttemptResult result;
        try
        {
            result = await attempts.TryAsync(update, claim, new ReplySlot(), _pushed, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }

        if (result.Reason is { } reason)
        {
            Log.AttemptFailedOnce(logger, update.Id, update.Kind, claim.Attempt, options.MaxAttempts, reason, result.Error);
        }

        return result;
    }

    /// <summary>Whether a stop left the previous update of the lane unsettled. The updates behind it must not overtake it.</summary>
    private static bool WasLeftUnsettled(Task? before) => before is Task<bool> { IsCompletedSuccessfully: true, Result: false };

    /// <summary>Whether Telegram may drop the update before its next delivery. For a short-lived update only its claim tells.</summary>
    private bool MayExpireSoon(ReceivedUpdate update) => update.IsShortLived || policy.WouldExpire(update, timeProvider.GetUtcNow(), OverloadDelay);

    /// <summary>Waits for a slot as long as the update may queue, including the time in its lane.</summary>
    private async Task<bool> TryTakeSlotAsync(long queuedAt, CancellationToken cancellationToken)
    {
        TimeSpan left = MaxQueueTime - timeProvider.GetElapsedTime(queuedAt);
        if (left <= TimeSpan.Zero || cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        if (_slots.Wait(0, CancellationToken.None))
        {
            return true;
        }

        using var deadline = new CancellationTokenSource(left, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        await Task.Delay(delay, timeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    /// <summary>Waits for the next attempt; the wait ends early if the update must yield to others.</summary>
    private async Task<bool> WaitForNextAttemptAsync(TimeSpan delay, Func<bool> mustYield, CancellationToken cancellationToken)
    {
        TimeSpan left = delay;
        while (left > TimeSpan.Zero && !mustYield())
        {
            TimeSpan interval = left < YieldCheckInterval ? left : YieldCheckInterval;
            if (!await WaitAsync(interval, cancellationToken))
            {
                return false;
            }

            left -= interval;
        }

        return !cancellationToken.IsCancellationRequested;
    }

    /// <summary>The longest delay of <see cref="Backoff"/> after the n-th failure.</summary>
    private static TimeSpan DelayAfter(int failures) => new[] { FirstDelay * Math.Pow(2, Math.Min(failures, 10) - 1), MaxDelay }.Min();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Update {UpdateId} ({Kind}) failed (attempt {Attempt} of {MaxAttempts}). {Reason} Retrying in {Delay:0.###} s.")]
        public static partial void AttemptFailed(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string reason, double delay, Exception? exception);

        [LoggerMessage(4, LogLevel.Warning, "Update {UpdateId} ({Kind}) failed (attempt {Attempt} of {MaxAttempts}). {Reason} Telegram delivers the update again.")]
        public static partial void AttemptFailedOnce(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string reason, Exception? exception);

        [LoggerMessage(5, LogLevel.Error, "The delivery of update {UpdateId} ({Kind}) failed unexpectedly. The update is delivered again. Please report the exception.")]
        public static partial void DeliveryFailed(ILogger logger, int updateId, string kind, Exception exception);
    }
}
