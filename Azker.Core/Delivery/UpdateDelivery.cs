using Azker.Core.Configuration;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>
/// Takes an update until it is settled: handled, or a dead letter. Attempts of one key follow each other; while one waits
/// for its next attempt, it takes no place from others.
/// </summary>
#pragma warning disable CA1001 // The places hold no handle to free; disposed of, they would fail an attempt that outlasts the container.
internal sealed partial class UpdateDelivery(
    UpdateDispatcher dispatcher,
    DeadLetters deadLetters,
    AttemptPolicy policy,
    DeliveryOptions options,
    TimeProvider timeProvider,
    Random random,
    ILogger<UpdateDelivery> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>With the handler's own time it stays below the 60 s that Telegram waits for a webhook's answer.</summary>
    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(5);

    /// <summary>How often a wait for the next attempt is looked at, whether others have to wait for it too.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(1);

    /// <summary>For each place this many updates may wait for it, or for their lane, when Telegram pushes them.</summary>
    private const int QueuedForEachPlace = 2;

    private readonly UpdateLanes _lanes = new();
    private readonly SemaphoreSlim _places = new(options.MaxConcurrentUpdates);
    private readonly int _room = options.MaxConcurrentUpdates * (1 + QueuedForEachPlace);
    private int _taken;

    /// <summary>When Telegram is asked to bring an update again for which there is no place. Short, since it drops what expires first.</summary>
    public static TimeSpan OverloadDelay { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Delivers an update in the lane of its key.</summary>
    /// <param name="update">The update.</param>
    /// <param name="isCrowded">Says whether other updates cannot come before this one is settled.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Whether the update is settled; not, when the token fell first.</returns>
    public Task<bool> DeliverAsync(ReceivedUpdate update, Func<bool> isCrowded, CancellationToken cancellationToken) =>
        _lanes.RunAsync(update.Key, () => SettleAsync(update, isCrowded, cancellationToken));

    /// <summary>Sets aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is settled; not, when the token fell first.</returns>
    public Task<bool> SetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        GiveUpAsync(raw, NoUpdate(error), cancellationToken);

    /// <summary>
    /// Whether a pushed update is better refused before it is claimed: there is no place for it, and it will come again. How
    /// long a short-lived one will, only its claim tells.
    /// </summary>
    public bool MustRefuse(ReceivedUpdate update) =>
        Volatile.Read(ref _taken) >= _room && !update.IsShortLived && !policy.WouldExpire(update, timeProvider.GetUtcNow(), OverloadDelay);

    /// <summary>
    /// Makes one attempt, in the lane of the update's key, and no more: who brought the update brings it again. After the
    /// last of the attempts it is set aside.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="claim">The claim under which it is tried.</param>
    /// <param name="cancellationToken">Ends the attempt early; then it does not count.</param>
    public async Task<AttemptResult> AttemptAsync(ReceivedUpdate update, UpdateClaim claim, CancellationToken cancellationToken)
    {
        long queuedAt = timeProvider.GetTimestamp();
        DateTimeOffset? firstSeenAt = claim.FirstSeenAt ?? (claim.Attempt == 1 ? timeProvider.GetUtcNow() : null);
        try
        {
            return Interlocked.Increment(ref _taken) <= _room
                ? await _lanes.RunAsync(update.Key, () => SettleOnceAsync(update, claim, firstSeenAt, queuedAt, cancellationToken))
                : await RefuseAsync(update, claim, firstSeenAt, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _taken);
        }
    }

    /// <summary>Tries once to set aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is kept.</returns>
    public Task<bool> TrySetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        TryGiveUpAsync(raw, NoUpdate(error), cancellationToken);

    private async Task<bool> SettleAsync(ReceivedUpdate update, Func<bool> isCrowded, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay, random);
        DateTimeOffset firstSeenAt = timeProvider.GetUtcNow();
        for (int attempt = 1; ; attempt++)
        {
            DispatchResult result = await AttemptAsync(update, cancellationToken);
            if (result.Outcome is DispatchOutcome.Handled or DispatchOutcome.Cancelled)
            {
                return result.Outcome == DispatchOutcome.Handled;
            }

            TimeSpan delay = backoff.Next();
            string reason = DeadLetterReason.Of(result.Outcome);
            if (WhyLast(update, result, attempt, firstSeenAt, delay, isCrowded()) is { } why)
            {
                policy.GivenUp(update);
                return await GiveUpAsync(update.Raw, Letter(update, reason + why, result.Error, attempt, firstSeenAt), cancellationToken);
            }

            Log.AttemptFailed(logger, update.Id, update.Kind, attempt, options.MaxAttempts, reason, delay, result.Error);
            if (!await NapAsync(delay, () => policy.IsInTheWay(update, attempt, isCrowded()), cancellationToken))
            {
                return false;
            }
        }
    }

    private async Task<AttemptResult> SettleOnceAsync(
        ReceivedUpdate update, UpdateClaim claim, DateTimeOffset? firstSeenAt, long queuedAt, CancellationToken cancellationToken)
    {
        if (!await TryTakePlaceAsync(queuedAt, cancellationToken))
        {
            return cancellationToken.IsCancellationRequested
                ? new AttemptResult(AttemptOutcome.Cancelled)
                : await RefuseAsync(update, claim, firstSeenAt, cancellationToken);
        }

        DispatchResult result = await DispatchAsync(update, new ReplySlot(), cancellationToken);
        if (result.Outcome is DispatchOutcome.Handled or DispatchOutcome.Cancelled)
        {
            return new AttemptResult(result.Outcome == DispatchOutcome.Handled ? AttemptOutcome.Settled : AttemptOutcome.Cancelled, result.Reply);
        }

        // One delivery more may have failed than was tried here, when no place became free.
        TimeSpan delay = WebhookRedelivery.LongestDelayAfter(claim.Attempt + 1);
        string reason = DeadLetterReason.Of(result.Outcome);
        if (WhyLast(update, result, claim.Attempt, firstSeenAt ?? timeProvider.GetUtcNow(), delay, policy.IsWebhookCrowded) is { } why)
        {
            return await GiveUpOnceAsync(update, Letter(update, reason + why, result.Error, claim.Attempt, firstSeenAt), cancellationToken);
        }

        Log.AttemptFailedOnce(logger, update.Id, update.Kind, claim.Attempt, options.MaxAttempts, reason, result.Error);
        return new AttemptResult(AttemptOutcome.Failed);
    }

    /// <summary>An update for which there is no place comes again after <see cref="OverloadDelay"/>, if it has not expired by then.</summary>
    private async Task<AttemptResult> RefuseAsync(ReceivedUpdate update, UpdateClaim claim, DateTimeOffset? firstSeenAt, CancellationToken cancellationToken)
    {
        if (!policy.WouldExpire(update, firstSeenAt ?? timeProvider.GetUtcNow(), OverloadDelay))
        {
            return new AttemptResult(AttemptOutcome.Overloaded);
        }

        string reason = DeadLetterReason.NoPlace + AttemptPolicy.Expires;
        return await GiveUpOnceAsync(update, Letter(update, reason, null, claim.Attempt - 1, firstSeenAt), cancellationToken);
    }

    private string? WhyLast(ReceivedUpdate update, DispatchResult result, int attempt, DateTimeOffset firstSeenAt, TimeSpan delay, bool isCrowded) =>
        result.Outcome == DispatchOutcome.Unreadable ? "" : policy.WhyLast(update, attempt, firstSeenAt, delay, isCrowded);

    private async Task<AttemptResult> GiveUpOnceAsync(ReceivedUpdate update, DeadLetter letter, CancellationToken cancellationToken)
    {
        policy.GivenUp(update);
        return new(await TryGiveUpAsync(update.Raw, letter, cancellationToken) ? AttemptOutcome.Settled : AttemptOutcome.Failed);
    }

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

    private async Task<bool> TryGiveUpAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        try
        {
            await deadLetters.AddAsync(raw, letter, cancellationToken);
            return true;
        }
        catch (DeadLetterException error)
        {
            Log.DeadLetterNotWrittenOnce(logger, letter.UpdateId, error);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<DispatchResult> AttemptAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            await _places.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new DispatchResult(DispatchOutcome.Cancelled);
        }

        return await DispatchAsync(update, reply: null, cancellationToken);
    }

    /// <summary>Makes an attempt in the place that was taken for it.</summary>
    private async Task<DispatchResult> DispatchAsync(ReceivedUpdate update, ReplySlot? reply, CancellationToken cancellationToken)
    {
        try
        {
            DispatchResult result = await dispatcher.DispatchAsync(update, reply, cancellationToken);
            switch (result.Outcome)
            {
                case DispatchOutcome.Handled:
                    policy.Handled(update);
                    break;
                case DispatchOutcome.Failed or DispatchOutcome.TimedOut:
                    policy.Failed(update);
                    break;
            }

            return result;
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>An update is not settled before its dead letter is kept; a full disk holds it, and says so.</summary>
    private async Task<bool> GiveUpAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay, random);
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan delay;
            try
            {
                await deadLetters.AddAsync(raw, letter, cancellationToken);
                return true;
            }
            catch (DeadLetterException error)
            {
                delay = backoff.Next();
                Log.DeadLetterNotWritten(logger, letter.UpdateId, delay, error);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            await WaitAsync(delay, cancellationToken);
        }

        return false;
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

    private DeadLetter NoUpdate(UnreadableUpdateException error)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        return new DeadLetter { Reason = DeadLetterReason.NoUpdate, FirstSeenAt = now, GivenUpAt = now }.With(error);
    }

    private DeadLetter Letter(ReceivedUpdate update, string reason, Exception? error, int attempts, DateTimeOffset? firstSeenAt)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        return new DeadLetter
        {
            UpdateId = update.Id,
            Kind = update.Kind,
            Reason = reason,
            Attempts = attempts,
            FirstSeenAt = firstSeenAt,
            LastAttemptAt = attempts > 0 ? now : null,
            GivenUpAt = now,
        }.With(error);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} The next attempt follows in {Delay}.")]
        public static partial void AttemptFailed(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, TimeSpan delay, Exception? exception);

        [LoggerMessage(3, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written; the next try follows in {Delay}. Until then it stays with Telegram.")]
        public static partial void DeadLetterNotWritten(ILogger logger, int? updateId, TimeSpan delay, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} Telegram delivers it again.")]
        public static partial void AttemptFailedOnce(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, Exception? exception);

        [LoggerMessage(5, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written. Until it can, Telegram delivers the update again.")]
        public static partial void DeadLetterNotWrittenOnce(ILogger logger, int? updateId, Exception exception);
    }
}
