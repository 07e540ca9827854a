using System.Collections.Concurrent;
using Azker.Core.Configuration;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>
/// Takes an update until it is settled: handled, or a dead letter. Attempts of one key follow each other; while one waits
/// for its next attempt, it takes no place from others. Nothing is handled without a claim in the ledger.
/// </summary>
#pragma warning disable CA1001 // The places hold no handle to free; disposed of, they would fail an attempt that outlasts the container.
internal sealed partial class UpdateDelivery(
    UpdateDispatcher dispatcher,
    DeadLetters deadLetters,
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

    /// <summary>Beyond that many, an update whose dead letter cannot be written is tried again.</summary>
    private const int MostUnkept = 1000;

    private readonly UpdateLanes _lanes = new();
    private readonly SemaphoreSlim _places = new(options.MaxConcurrentUpdates);

    /// <summary>The dead letters that could not be written: their updates come again, and are not handled again.</summary>
    private readonly ConcurrentDictionary<int, DeadLetter> _unkept = new();

    /// <summary>Delivers an update in the lane of its key.</summary>
    /// <param name="update">The update.</param>
    /// <param name="epoch">The epoch of the receiver lock under which it came.</param>
    /// <param name="cancellationToken">Ends the delivery early.</param>
    /// <returns>Whether the update is settled; not, when the token fell first.</returns>
    public Task<bool> DeliverAsync(ReceivedUpdate update, long epoch, CancellationToken cancellationToken) =>
        _lanes.RunAsync(update.Key, () => SettleAsync(update, epoch, cancellationToken));

    /// <summary>Sets aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is settled; not, when the token fell first.</returns>
    public async Task<bool> SetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay, random);
        while (!await TrySetAsideAsync(raw, error, cancellationToken))
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
    public Task<AttemptResult> AttemptAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        long queuedAt = timeProvider.GetTimestamp();
        // Claimed before it queues, so that one which is at work, or done with, does not queue behind itself.
        return AttemptAsync(update, epoch: null, claim => _lanes.RunAsync(update.Key, () => TryInTimeAsync(update, claim, queuedAt, cancellationToken)), cancellationToken);
    }

    /// <summary>Tries once to set aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is kept.</returns>
    public Task<bool> TrySetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        TryKeepAsync(raw, NoUpdate(error), cancellationToken);

    /// <summary>
    /// Each attempt has a claim of its own, and what it came to stands in the ledger before the next one; so no claim lasts
    /// longer than a handler may.
    /// </summary>
    private async Task<bool> SettleAsync(ReceivedUpdate update, long epoch, CancellationToken cancellationToken)
    {
        var failures = new Backoff(FirstDelay, LongestDelay, random);
        var busy = new Backoff(FirstDelay, LongestBusy, random);
        while (true)
        {
            AttemptResult result = await AttemptInPlaceAsync(update, epoch, cancellationToken);
            if (result.Outcome is AttemptOutcome.Settled or AttemptOutcome.Duplicate)
            {
                return true;
            }

            TimeSpan delay = (result.Outcome == AttemptOutcome.Busy ? busy : failures).Next();
            if (result.Why is { } why)
            {
                Log.AttemptFailed(logger, update.Id, update.Kind, result.Attempt, options.MaxAttempts, why, delay, result.Error);
            }

            if (result.Outcome == AttemptOutcome.Cancelled || !await WaitAsync(delay, cancellationToken))
            {
                return false;
            }
        }
    }

    private async Task<AttemptResult> AttemptInPlaceAsync(ReceivedUpdate update, long epoch, CancellationToken cancellationToken)
    {
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
            return await AttemptAsync(update, epoch, claim => TryAsync(update, claim, reply: null, cancellationToken), cancellationToken);
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
            return new AttemptResult(cancellationToken.IsCancellationRequested ? AttemptOutcome.Cancelled : AttemptOutcome.Overloaded);
        }

        AttemptResult result;
        try
        {
            result = await TryAsync(update, claim, new ReplySlot(), cancellationToken);
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

    private async Task<AttemptResult> TryAsync(ReceivedUpdate update, UpdateClaim claim, ReplySlot? reply, CancellationToken cancellationToken)
    {
        DateTimeOffset? firstSeenAt = claim.FirstSeenAt ?? (claim.Attempt == 1 ? timeProvider.GetUtcNow() : null);
        if (_unkept.TryGetValue(update.Id, out DeadLetter? letter))
        {
            return await GiveUpAsync(update, letter, cancellationToken);
        }

        if (claim.Attempt > options.MaxAttempts)
        {
            return await GiveUpAsync(update, Letter(update, DeadLetterReason.NoResult, null, claim.Attempt - 1, firstSeenAt), cancellationToken);
        }

        DispatchResult result = await dispatcher.DispatchAsync(update, reply, cancellationToken);
        switch (result.Outcome)
        {
            case DispatchOutcome.Handled:
                return new AttemptResult(AttemptOutcome.Settled) { Reply = result.Reply };
            case DispatchOutcome.Cancelled:
                return new AttemptResult(AttemptOutcome.Cancelled);
            case var outcome when outcome == DispatchOutcome.Unreadable || claim.Attempt >= options.MaxAttempts:
                return await GiveUpAsync(update, Letter(update, DeadLetterReason.Of(outcome), result.Error, claim.Attempt, firstSeenAt), cancellationToken);
            case var outcome:
                return new AttemptResult(AttemptOutcome.Failed) { Attempt = claim.Attempt, Why = DeadLetterReason.Of(outcome), Error = result.Error };
        }
    }

    /// <summary>An update is not settled before its dead letter is kept.</summary>
    private async Task<AttemptResult> GiveUpAsync(ReceivedUpdate update, DeadLetter letter, CancellationToken cancellationToken)
    {
        if (await TryKeepAsync(update.Raw, letter, cancellationToken))
        {
            _unkept.TryRemove(update.Id, out _);
            return new AttemptResult(AttemptOutcome.Settled);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return new AttemptResult(AttemptOutcome.Cancelled);
        }

        if (_unkept.Count < MostUnkept)
        {
            _unkept[update.Id] = letter;
        }

        return new AttemptResult(AttemptOutcome.Failed);
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

    private async Task<bool> TryKeepAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        try
        {
            await deadLetters.AddAsync(raw, letter, cancellationToken);
            return true;
        }
        catch (DeadLetterException error)
        {
            Log.DeadLetterNotWritten(logger, letter.UpdateId, error);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
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
            LastAttemptAt = now,
            GivenUpAt = now,
        }.With(error);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} The next attempt follows in {Delay}.")]
        public static partial void AttemptFailed(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, TimeSpan delay, Exception? exception);

        [LoggerMessage(3, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written. Until it can, the update stays with Telegram.")]
        public static partial void DeadLetterNotWritten(ILogger logger, int? updateId, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} Telegram delivers it again.")]
        public static partial void AttemptFailedOnce(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, Exception? exception);
    }
}
