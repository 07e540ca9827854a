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
    DeadLetterFiles deadLetters,
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
        GiveUpAsync(raw, Letter(null, "It is not an update.", error, 0), cancellationToken);

    /// <summary>
    /// Makes one attempt, in the lane of the update's key, and no more: who brought the update brings it again. After the
    /// last of the attempts it is set aside.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="attempt">Which attempt this is, from 1 on.</param>
    /// <param name="cancellationToken">Ends the attempt early; then it does not count.</param>
    public Task<AttemptResult> AttemptAsync(ReceivedUpdate update, int attempt, CancellationToken cancellationToken)
    {
        long queuedAt = timeProvider.GetTimestamp();
        return _lanes.RunAsync(update.Key, () => SettleOnceAsync(update, attempt, queuedAt, cancellationToken));
    }

    /// <summary>Tries once to set aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is on disk.</returns>
    public bool TrySetAside(ReadOnlyMemory<byte> raw, UnreadableUpdateException error) => TryGiveUp(raw, Letter(null, "It is not an update.", error, 0));

    private async Task<bool> SettleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay, random);
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
                    return await GiveUpAsync(update.Raw, Letter(update, "It does not fit the Bot API's types.", result.Error, attempt), cancellationToken);
                case var outcome when attempt >= options.MaxAttempts:
                    return await GiveUpAsync(update.Raw, Letter(update, Words(outcome), result.Error, attempt), cancellationToken);
            }

            TimeSpan delay = backoff.Next();
            Log.AttemptFailed(logger, update.Id, update.Kind, attempt, options.MaxAttempts, Words(result.Outcome), delay, result.Error);
            if (!await WaitAsync(delay, cancellationToken))
            {
                return false;
            }
        }
    }

    private async Task<AttemptResult> SettleOnceAsync(ReceivedUpdate update, int attempt, long queuedAt, CancellationToken cancellationToken)
    {
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
                return GivenUp(update, "It does not fit the Bot API's types.", result.Error, attempt);
            case var outcome when attempt >= options.MaxAttempts:
                return GivenUp(update, Words(outcome), result.Error, attempt);
        }

        Log.AttemptFailedOnce(logger, update.Id, update.Kind, attempt, options.MaxAttempts, Words(result.Outcome), result.Error);
        return new AttemptResult(AttemptOutcome.Failed);
    }

    private AttemptResult GivenUp(ReceivedUpdate update, string reason, Exception? error, int attempt) =>
        new(TryGiveUp(update.Raw, Letter(update, reason, error, attempt)) ? AttemptOutcome.Settled : AttemptOutcome.Failed);

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

    private bool TryGiveUp(ReadOnlyMemory<byte> raw, DeadLetter letter)
    {
        try
        {
            Add(raw, letter);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.DeadLetterNotWrittenOnce(logger, letter.UpdateId, error);
            return false;
        }
    }

    private void Add(ReadOnlyMemory<byte> raw, DeadLetter letter)
    {
        if (deadLetters.Add(raw, letter) is { } path)
        {
            Log.GivenUp(logger, letter.UpdateId, letter.Reason, letter.Attempts, path, letter.Error);
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

    /// <summary>An update is not settled before its dead letter is on disk; a full disk holds it, and says so.</summary>
    private async Task<bool> GiveUpAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(FirstDelay, LongestDelay, random);
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan delay;
            try
            {
                Add(raw, letter);
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                delay = backoff.Next();
                Log.DeadLetterNotWritten(logger, letter.UpdateId, delay, error);
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

    private DeadLetter Letter(ReceivedUpdate? update, string reason, Exception? error, int attempts)
    {
        Exception? cause = error is UnreadableUpdateException { InnerException: { } inner } ? inner : error;
        return new DeadLetter(update?.Id, update?.Kind, reason, cause?.GetType().FullName, cause?.Message, attempts, timeProvider.GetUtcNow());
    }

    private static string Words(DispatchOutcome outcome) => outcome == DispatchOutcome.TimedOut
        ? "Its handler did not end in time."
        : "Its handler failed.";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} The next attempt follows in {Delay}.")]
        public static partial void AttemptFailed(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, TimeSpan delay, Exception? exception);

        [LoggerMessage(2, LogLevel.Error, "Update {UpdateId} was given up on after {Attempts} attempts and is kept in {Path}. {Reason} {Error}")]
        public static partial void GivenUp(ILogger logger, int? updateId, string reason, int attempts, string path, string? error);

        [LoggerMessage(3, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written; the next try follows in {Delay}. Until then it stays with Telegram.")]
        public static partial void DeadLetterNotWritten(ILogger logger, int? updateId, TimeSpan delay, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Update {UpdateId} ({Kind}), attempt {Attempt} of {MaxAttempts}: {Why} Telegram delivers it again.")]
        public static partial void AttemptFailedOnce(
            ILogger logger, int updateId, string kind, int attempt, int maxAttempts, string why, Exception? exception);

        [LoggerMessage(5, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written. Until it can, Telegram delivers the update again.")]
        public static partial void DeadLetterNotWrittenOnce(ILogger logger, int? updateId, Exception exception);
    }
}
