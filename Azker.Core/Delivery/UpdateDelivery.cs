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
    DeliveryOptions options,
    TimeProvider timeProvider,
    Random random,
    ILogger<UpdateDelivery> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>With the handler's own time it stays below the 60 s that Telegram waits for a webhook's answer.</summary>
    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(5);

    private readonly UpdateLanes _lanes = new();
    private readonly SemaphoreSlim _places = new(options.MaxConcurrentUpdates);

    /// <summary>Delivers an update in the lane of its key.</summary>
    /// <returns>Whether the update is settled; not, when the token fell first.</returns>
    public Task<bool> DeliverAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        _lanes.RunAsync(update.Key, () => SettleAsync(update, cancellationToken));

    /// <summary>Sets aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is settled; not, when the token fell first.</returns>
    public Task<bool> SetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        GiveUpAsync(raw, NoUpdate(error), cancellationToken);

    /// <summary>
    /// Makes one attempt, in the lane of the update's key, and no more: who brought the update brings it again. After the
    /// last of the attempts it is set aside.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="claim">The claim under which it is tried.</param>
    /// <param name="cancellationToken">Ends the attempt early; then it does not count.</param>
    public Task<AttemptResult> AttemptAsync(ReceivedUpdate update, UpdateClaim claim, CancellationToken cancellationToken)
    {
        long queuedAt = timeProvider.GetTimestamp();
        return _lanes.RunAsync(update.Key, () => SettleOnceAsync(update, claim, queuedAt, cancellationToken));
    }

    /// <summary>Tries once to set aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is kept.</returns>
    public Task<bool> TrySetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        TryGiveUpAsync(raw, NoUpdate(error), cancellationToken);

    private async Task<bool> SettleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay, random);
        DateTimeOffset firstSeenAt = timeProvider.GetUtcNow();
        for (int attempt = 1; ; attempt++)
        {
            DispatchResult result = await AttemptAsync(update, cancellationToken);
            switch (result.Outcome)
            {
                case DispatchOutcome.Handled:
                    return true;
                case DispatchOutcome.Cancelled:
                    return false;
                case DispatchOutcome.Unreadable:
                    return await GiveUpAsync(update.Raw, Letter(update, DeadLetterReason.Of(result.Outcome), result.Error, attempt, firstSeenAt), cancellationToken);
                case var outcome when attempt >= options.MaxAttempts:
                    return await GiveUpAsync(update.Raw, Letter(update, DeadLetterReason.Of(outcome), result.Error, attempt, firstSeenAt), cancellationToken);
            }

            TimeSpan delay = backoff.Next();
            Log.AttemptFailed(logger, update.Id, update.Kind, attempt, options.MaxAttempts, DeadLetterReason.Of(result.Outcome), delay, result.Error);
            if (!await WaitAsync(delay, cancellationToken))
            {
                return false;
            }
        }
    }

    private async Task<AttemptResult> SettleOnceAsync(ReceivedUpdate update, UpdateClaim claim, long queuedAt, CancellationToken cancellationToken)
    {
        DateTimeOffset? firstSeenAt = claim.FirstSeenAt ?? (claim.Attempt == 1 ? timeProvider.GetUtcNow() : null);
        if (!await TryTakePlaceAsync(queuedAt, cancellationToken))
        {
            return new AttemptResult(cancellationToken.IsCancellationRequested ? AttemptOutcome.Cancelled : AttemptOutcome.Overloaded);
        }

        DispatchResult result;
        try
        {
            result = await dispatcher.DispatchAsync(update, new ReplySlot(), cancellationToken);
        }
        finally
        {
            _places.Release();
        }

        switch (result.Outcome)
        {
            case DispatchOutcome.Handled:
                return new AttemptResult(AttemptOutcome.Settled, result.Reply);
            case DispatchOutcome.Cancelled:
                return new AttemptResult(AttemptOutcome.Cancelled);
            case DispatchOutcome.Unreadable:
                return await GiveUpOnceAsync(update, Letter(update, DeadLetterReason.Of(result.Outcome), result.Error, claim.Attempt, firstSeenAt), cancellationToken);
            case var outcome when claim.Attempt >= options.MaxAttempts:
                return await GiveUpOnceAsync(update, Letter(update, DeadLetterReason.Of(outcome), result.Error, claim.Attempt, firstSeenAt), cancellationToken);
        }

        Log.AttemptFailedOnce(logger, update.Id, update.Kind, claim.Attempt, options.MaxAttempts, DeadLetterReason.Of(result.Outcome), result.Error);
        return new AttemptResult(AttemptOutcome.Failed);
    }

    private async Task<AttemptResult> GiveUpOnceAsync(ReceivedUpdate update, DeadLetter letter, CancellationToken cancellationToken) =>
        new(await TryGiveUpAsync(update.Raw, letter, cancellationToken) ? AttemptOutcome.Settled : AttemptOutcome.Failed);

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

        try
        {
            return await dispatcher.DispatchAsync(update, cancellationToken);
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

        [LoggerMessage(3, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written; the next try follows in {Delay}. Until then it stays with Telegram.")]
        public static partial void DeadLetterNotWritten(ILogger logger, int? updateId, TimeSpan delay, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} Telegram delivers it again.")]
        public static partial void AttemptFailedOnce(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, Exception? exception);

        [LoggerMessage(5, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written. Until it can, Telegram delivers the update again.")]
        public static partial void DeadLetterNotWrittenOnce(ILogger logger, int? updateId, Exception exception);
    }
}
