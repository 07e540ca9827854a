using Azker.Core.Configuration;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Infrastructure;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>
/// Takes an update until it is settled: handled, or a dead letter. Attempts of one key follow each other; while one waits
/// for its next attempt, it takes no place from others. Nothing is handled without a claim in the ledger.
/// </summary>
#pragma warning disable CA1001 // The places hold no handle to free; disposed of, they would fail an attempt that outlasts the container.
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
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>How often it is asked at least whether an update that is at work elsewhere is done with.</summary>
    private static readonly TimeSpan LongestBusy = TimeSpan.FromSeconds(5);

    /// <summary>With the handler's own time it stays below the 60 s that Telegram waits for a webhook's answer.</summary>
    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(5);

    /// <summary>How often a wait for the next attempt is looked at, whether others have to wait for it too.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(1);

    /// <summary>For each place this many updates may wait for it, or for their lane, when Telegram pushes them.</summary>
    private const int QueuedForEachPlace = 2;

    private readonly UpdateLanes _lanes = new();
    private readonly SemaphoreSlim _places = new(options.MaxConcurrentUpdates);

    /// <summary>How many pushed updates are taken at once, and how many are.</summary>
    private readonly int _room = options.MaxConcurrentUpdates * (1 + QueuedForEachPlace);
    private int _taken;

    // One delivery more may have failed than was tried here, when there was no place for it.
    private readonly Redelivery _pushed = new(failures => WebhookRedelivery.LongestDelayAfter(failures + 1), () => policy.IsWebhookCrowded);

    /// <summary>
    /// When Telegram is asked to bring an update again for which there is no place. Short, since it drops what expires first.
    /// </summary>
    public static TimeSpan OverloadDelay { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Delivers an update in the lane of its key.</summary>
    /// <param name="update">The update.</param>
    /// <param name="under">Under what it was polled.</param>
    /// <param name="stoppingToken">Ends the wait for another attempt; one that runs goes on. It falls no later than the other.</param>
    /// <param name="cancellationToken">Ends the delivery early.</param>
    /// <returns>Whether the update is settled; not, when a token fell first.</returns>
    public Task<bool> DeliverAsync(
        ReceivedUpdate update, PollContext under, CancellationToken stoppingToken, CancellationToken cancellationToken) =>
        _lanes.RunAsync(update.Key, before => stoppingToken.IsCancellationRequested && IsLeft(before)
            ? Task.FromResult(false)
            : SettleAsync(update, under, new Redelivery(DelayAfter, under.IsCrowded), stoppingToken, cancellationToken));

    /// <summary>Sets aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is settled; not, when the token fell first.</returns>
    public async Task<bool> SetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay, random);
        while (!await attempts.TrySetAsideAsync(raw, error, cancellationToken))
        {
            if (!await WaitAsync(backoff.Next(), cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Claims an update and makes one attempt, in the lane of its key, and no more: who brought the update brings it again.
    /// After the last of the attempts it is set aside.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="cancellationToken">Ends the attempt early; then it does not count.</param>
    public async Task<AttemptResult> AttemptAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        long queuedAt = timeProvider.GetTimestamp();
        try
        {
            bool hasRoom = Interlocked.Increment(ref _taken) <= _room;
            if (!hasRoom && !IsNearItsEnd(update))
            {
                return new AttemptResult(AttemptOutcome.Overloaded);
            }

            // Claimed before it queues, so that one which is at work, or done with, does not queue behind itself.
            return await AttemptAsync(
                update,
                epoch: null,
                claim => hasRoom
                    ? _lanes.RunAsync(update.Key, () => TryInTimeAsync(update, claim, queuedAt, cancellationToken))
                    : attempts.RefuseAsync(update, claim, cancellationToken),
                cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _taken);
        }
    }

    /// <summary>Tries once to set aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is kept.</returns>
    public Task<bool> TrySetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        attempts.TrySetAsideAsync(raw, error, cancellationToken);

    /// <summary>
    /// Each attempt has a claim of its own, and what it came to stands in the ledger before the next one; so no claim lasts
    /// longer than a handler may.
    /// </summary>
    private async Task<bool> SettleAsync(
        ReceivedUpdate update, PollContext under, Redelivery redelivery, CancellationToken stoppingToken, CancellationToken cancellationToken)
    {
        var failures = new Backoff(FirstDelay, LongestDelay, random);
        var busy = new Backoff(FirstDelay, LongestBusy, random);
        while (true)
        {
            AttemptResult result = await AttemptInPlaceAsync(update, under, redelivery, cancellationToken);
            if (result.Outcome is AttemptOutcome.Settled or AttemptOutcome.Duplicate)
            {
                return true;
            }

            TimeSpan delay = (result.Outcome == AttemptOutcome.Busy ? busy : failures).Next();
            if (result.Why is { } why)
            {
                Log.AttemptFailed(logger, update.Id, update.Kind, result.Attempt, options.MaxAttempts, why, delay, result.Error);
            }

            if (result.Outcome == AttemptOutcome.Cancelled
                || !await NapAsync(delay, () => policy.IsInTheWay(update, result.Attempt, redelivery.IsCrowded()), stoppingToken))
            {
                return false;
            }
        }
    }

    private async Task<AttemptResult> AttemptInPlaceAsync(
        ReceivedUpdate update, PollContext under, Redelivery redelivery, CancellationToken cancellationToken)
    {
        Task<AttemptResult> TryAsync(UpdateClaim claim) => under.IsHeld()
            ? attempts.TryAsync(update, claim, reply: null, redelivery, cancellationToken)
            : Task.FromResult(new AttemptResult(AttemptOutcome.Cancelled));

        try
        {
            await _places.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new AttemptResult(AttemptOutcome.Cancelled);
        }

        try
        {
            return await AttemptAsync(update, under.Epoch, TryAsync, cancellationToken);
        }
        finally
        {
            _places.Release();
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
        try
        {
            return result = await attempt(claim);
        }
        finally
        {
            await (result.Outcome == AttemptOutcome.Settled
                ? ledger.SettleAsync(claim)
                : ledger.ReleaseAsync(claim, hasFailed: result.Outcome == AttemptOutcome.Failed));
        }
    }

    private async Task<AttemptResult> TryInTimeAsync(ReceivedUpdate update, UpdateClaim claim, long queuedAt, CancellationToken cancellationToken)
    {
        if (!await TryTakePlaceAsync(queuedAt, cancellationToken))
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
            _places.Release();
        }

        if (result.Why is { } why)
        {
            Log.AttemptFailedOnce(logger, update.Id, update.Kind, claim.Attempt, options.MaxAttempts, why, result.Error);
        }

        return result;
    }

    /// <summary>Whether an update was left unsettled at a stop. Those behind it in its lane must not overtake it.</summary>
    private static bool IsLeft(Task? before) => before is Task<bool> { IsCompletedSuccessfully: true, Result: false };

    /// <summary>Whether it may not come again. Of a short-lived one only its claim tells.</summary>
    private bool IsNearItsEnd(ReceivedUpdate update) => update.IsShortLived || policy.WouldExpire(update, timeProvider.GetUtcNow(), OverloadDelay);

    /// <summary>Waits for a place as long as the update may queue, the time in its lane included.</summary>
    private async Task<bool> TryTakePlaceAsync(long queuedAt, CancellationToken cancellationToken)
    {
        TimeSpan left = LongestQueue - timeProvider.GetElapsedTime(queuedAt);
        if (left <= TimeSpan.Zero || cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        if (_places.Wait(0, CancellationToken.None))
        {
            return true;
        }

        using var deadline = new CancellationTokenSource(left, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _places.WaitAsync(either.Token);
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

    /// <summary>Waits for the next attempt, unless there is a reason to make it at once.</summary>
    private async Task<bool> NapAsync(TimeSpan delay, Func<bool> isOver, CancellationToken cancellationToken)
    {
        TimeSpan left = delay;
        while (left > TimeSpan.Zero && !isOver())
        {
            TimeSpan nap = left < LongestNap ? left : LongestNap;
            if (!await WaitAsync(nap, cancellationToken))
            {
                return false;
            }

            left -= nap;
        }

        return !cancellationToken.IsCancellationRequested;
    }

    /// <summary>The longest that <see cref="Backoff"/> waits after the n-th failure.</summary>
    private static TimeSpan DelayAfter(int failures) => new[] { FirstDelay * Math.Pow(2, Math.Min(failures, 10) - 1), LongestDelay }.Min();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} The next attempt follows in {Delay}.")]
        public static partial void AttemptFailed(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, TimeSpan delay, Exception? exception);

        [LoggerMessage(4, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} Telegram delivers it again.")]
        public static partial void AttemptFailedOnce(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, Exception? exception);
    }
}
