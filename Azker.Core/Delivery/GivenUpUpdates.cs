using System.Collections.Concurrent;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>Makes dead letters of updates that are given up on. An update is not settled before its letter is kept.</summary>
internal sealed partial class GivenUpUpdates(DeadLetters deadLetters, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Beyond that many, an update whose dead letter cannot be written is tried again.</summary>
    private const int MostUnkept = 1000;

    /// <summary>The dead letters that could not be written: their updates come again, and are not handled again.</summary>
    private readonly ConcurrentDictionary<int, DeadLetter> _unkept = new();

    /// <summary>Sets aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is kept.</returns>
    public Task<bool> TryAddAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        return TryAddAsync(raw, new DeadLetter { Reason = DeadLetterReason.NoUpdate, FirstSeenAt = now, GivenUpAt = now }.With(error), cancellationToken);
    }

    /// <summary>Gives an update up.</summary>
    public Task<AttemptResult> AddAsync(
        ReceivedUpdate update, string reason, Exception? error, int attempts, DateTimeOffset? firstSeenAt, CancellationToken cancellationToken)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        var letter = new DeadLetter
        {
            UpdateId = update.Id,
            Kind = update.Kind,
            Reason = reason,
            Attempts = attempts,
            FirstSeenAt = firstSeenAt,
            LastAttemptAt = attempts > 0 ? now : null,
            GivenUpAt = now,
        };
        return AddAsync(update, letter.With(error), cancellationToken);
    }

    /// <summary>Tries again to keep the letter of an update that was given up on before.</summary>
    /// <returns><see langword="null"/> when it was not.</returns>
    public Task<AttemptResult>? AddAgainAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        _unkept.TryGetValue(update.Id, out DeadLetter? letter) ? AddAsync(update, letter, cancellationToken) : null;

    private async Task<AttemptResult> AddAsync(ReceivedUpdate update, DeadLetter letter, CancellationToken cancellationToken)
    {
        if (await TryAddAsync(update.Raw, letter, cancellationToken))
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

    private async Task<bool> TryAddAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        try
        {
            await deadLetters.AddAsync(raw, letter, cancellationToken);
            return true;
        }
        catch (DeadLetterException error)
        {
            Log.NotWritten(logger, letter.UpdateId, error);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written. Until it can, the update stays with Telegram.")]
        public static partial void NotWritten(ILogger logger, int? updateId, Exception exception);
    }
}
