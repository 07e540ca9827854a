using System.Collections.Concurrent;
using System.Diagnostics;
using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Handling.Errors;
using Azker.Core.Infrastructure;
using Azker.Core.Status;
using Azker.Core.Telemetry;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>Makes single attempts to handle claimed updates, and gives up on an update after its last attempt.</summary>
internal sealed partial class UpdateAttempts(
    UpdateDispatcher dispatcher,
    ErrorClassifier errors,
    LateReplies lateReplies,
    DeadLetterArchive deadLetters,
    AttemptPolicy policy,
    ReceiverStatus status,
    SecretMask mask,
    UpdateSpans spans,
    UpdateMetrics metrics,
    DeliveryOptions options,
    TimeProvider timeProvider,
    ILogger<UpdateAttempts> logger)
{
    /// <summary>Beyond this number, an update whose dead letter cannot be written is handled again.</summary>
    private const int MaxUnwritten = 1000;

    /// <summary>The dead letters that could not be written. Their updates are delivered again, but not handled again.</summary>
    private readonly ConcurrentDictionary<int, DeadLetter> _unwritten = new();

    private readonly LostAnswers _lostAnswers = new();

    /// <summary>Makes an attempt, in the slot that the caller has taken for it.</summary>
    /// <param name="pending">The update.</param>
    /// <param name="claim">The claim under which the update is handled.</param>
    /// <param name="cancellationToken">Cancels the attempt, which then does not count.</param>
    public async ValueTask<AttemptResult> TryAsync(InFlightUpdate pending, UpdateClaim claim, CancellationToken cancellationToken)
    {
        ReceivedUpdate update = pending.Update;
        DateTimeOffset? firstSeenAt = FirstSeenAt(claim);
        if (_unwritten.TryGetValue(update.Id, out DeadLetter? letter))
        {
            return await GiveUpAsync(update, letter, cancellationToken);
        }

        if (policy.IsTooOld(update, firstSeenAt ?? pending.ArrivalTime))
        {
            Log.TooOld(logger, update.Id, update.Kind, options.MaxUpdateAge.TotalSeconds);
            status.CountTooOld();
            return new AttemptResult(AttemptOutcome.Settled) { Settlement = Settlement.TooOld };
        }

        if (claim.Attempt > options.MaxAttempts)
        {
            return await GiveUpAsync(update, Letter(update, DeadLetterReason.NoResult, null, claim.Attempt - 1, firstSeenAt), cancellationToken);
        }

        DispatchResult result = await DispatchAsync(pending, claim, cancellationToken);
        return result.Outcome switch
        {
            DispatchOutcome.Handled => new AttemptResult(AttemptOutcome.Settled) { Reply = result.Reply },
            DispatchOutcome.CancelledByBot => Stopped(update),
            DispatchOutcome.Cancelled => new AttemptResult(AttemptOutcome.Cancelled),
            DispatchOutcome.Failed => await DecideAsync(update, result, errors.Classify(result.Error!), claim, firstSeenAt, cancellationToken),
            _ => await CountAsync(update, result, claim, firstSeenAt, cancellationToken),
        };
    }

    /// <summary>Tries once to write a dead letter for data from Telegram that is not an update.</summary>
    /// <returns>Whether the dead letter was written.</returns>
    public Task<bool> TryDeadLetterAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        TryWriteAsync(raw, NoUpdate(error), cancellationToken);

    /// <summary>Runs the handler. A reply that came too late for the answer to Telegram is sent in a call of its own.</summary>
    private async ValueTask<DispatchResult> DispatchAsync(InFlightUpdate pending, UpdateClaim claim, CancellationToken cancellationToken)
    {
        DispatchResult result = await HandleAsync(pending, claim, cancellationToken);
        return result.Reply.IsEmpty || pending.TryTakeAnswer() ? result : await lateReplies.SendAsync(result.Reply, cancellationToken);
    }

    private async ValueTask<DispatchResult> HandleAsync(InFlightUpdate pending, UpdateClaim claim, CancellationToken cancellationToken)
    {
        using Activity? span = spans.StartAttempt(pending.Update, claim.Attempt);
        long startedAt = timeProvider.GetTimestamp();
        DispatchResult result = await dispatcher.DispatchAsync(pending.Update, pending.OpenReply(), cancellationToken);
        span?.End(result);
        TimeSpan duration = timeProvider.GetElapsedTime(startedAt);
        status.CountAttempt(duration);
        if (metrics.MeasuresHandlers)
        {
            metrics.RecordHandler(pending.Update, duration, HandlerOutcome.Of(result.Outcome), result.Error);
        }

        return result;
    }

    private async Task<AttemptResult> DecideAsync(
        ReceivedUpdate update, DispatchResult result, ErrorClass error, UpdateClaim claim, DateTimeOffset? firstSeenAt, CancellationToken cancellationToken)
    {
        switch (error.Kind)
        {
            case ErrorKind.Refused:
                Log.Refused(logger, update.Id, update.Kind, Readable(update, result.Error)!.Message.TrimEnd('.'));
                status.CountRefused();
                return new AttemptResult(AttemptOutcome.Settled) { Settlement = Settlement.Refused };
            case ErrorKind.AnswerLost when _lostAnswers.IsSecond(update.Id):
                Log.AnswerLostAgain(logger, update.Id, update.Kind, Readable(update, result.Error)!.Message.TrimEnd('.'));
                return new AttemptResult(AttemptOutcome.Settled);
            case ErrorKind.Throttled:
                return Later(AttemptOutcome.Throttled, DeadLetterReason.Throttled);
            case ErrorKind.Outage or ErrorKind.AnswerLost:
                return Later(AttemptOutcome.Outage, DeadLetterReason.Outage);
            default:
                return await CountAsync(update, result, claim, firstSeenAt, cancellationToken);
        }

        AttemptResult Later(AttemptOutcome outcome, string reason) =>
            new(outcome) { Attempt = claim.Attempt, Reason = reason, Error = Readable(update, result.Error), RetryAfter = error.RetryAfter };
    }

    /// <summary>Counts a failed attempt. After the last attempt the update becomes a dead letter.</summary>
    private async Task<AttemptResult> CountAsync(
        ReceivedUpdate update, DispatchResult result, UpdateClaim claim, DateTimeOffset? firstSeenAt, CancellationToken cancellationToken)
    {
        string reason = DeadLetterReason.Of(result.Outcome);
        // Telegram may have counted one failure more than there were attempts here, if there was no slot.
        TimeSpan longestDelay = WebhookRedelivery.MaxDelayAfter(claim.Attempt + 1);
        string? suffix = result.Outcome == DispatchOutcome.Unreadable
            ? ""
            : policy.ReasonToGiveUp(update, claim.Attempt, firstSeenAt ?? timeProvider.GetUtcNow(), longestDelay);
        return suffix is null
            ? new AttemptResult(AttemptOutcome.Failed) { Attempt = claim.Attempt, Reason = reason, Error = Readable(update, result.Error) }
            : await GiveUpAsync(update, Letter(update, reason + suffix, result.Error, claim.Attempt, firstSeenAt), cancellationToken);
    }

    /// <summary>The error as it may be logged.</summary>
    private LoggedError? Readable(ReceivedUpdate update, Exception? error) =>
        error is null ? null : new LoggedError(error, text => mask.Apply(UpdateTexts.Hide(text, update.Raw.Span)));

    private AttemptResult Stopped(ReceivedUpdate update)
    {
        Log.CancelledByBot(logger, update.Id, update.Kind);
        return new AttemptResult(AttemptOutcome.Settled);
    }

    /// <summary>Settles the update only after its dead letter is written.</summary>
    private async Task<AttemptResult> GiveUpAsync(ReceivedUpdate update, DeadLetter letter, CancellationToken cancellationToken)
    {
        if (await TryWriteAsync(update.Raw, letter, cancellationToken))
        {
            _unwritten.TryRemove(update.Id, out _);
            return new AttemptResult(AttemptOutcome.Settled) { Settlement = Settlement.DeadLetter };
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return new AttemptResult(AttemptOutcome.Cancelled);
        }

        if (_unwritten.Count < MaxUnwritten)
        {
            _unwritten[update.Id] = letter;
        }

        return new AttemptResult(AttemptOutcome.Failed);
    }

    private async Task<bool> TryWriteAsync(ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        try
        {
            if (await deadLetters.AddAsync(raw, letter, cancellationToken))
            {
                metrics.CountDeadLetter(letter.Kind);
            }

            return true;
        }
        catch (DeadLetterException error)
        {
            LogNotWritten(letter.UpdateId, error);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void LogNotWritten(int? updateId, DeadLetterException error)
    {
        if (updateId is { } id)
        {
            Log.DeadLetterNotWritten(logger, id, error);
        }
        else
        {
            Log.UnreadableNotWritten(logger, error);
        }
    }

    private DateTimeOffset? FirstSeenAt(UpdateClaim claim) => claim.FirstSeenAt ?? (claim.Attempt == 1 ? timeProvider.GetUtcNow() : null);

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
        [LoggerMessage(4011, LogLevel.Error, "The dead letter of update {UpdateId} could not be written. The update is not settled until it is written; check the storage.")]
        public static partial void DeadLetterNotWritten(ILogger logger, int updateId, Exception exception);

        [LoggerMessage(4016, LogLevel.Error, "The dead letter of data that is not an update could not be written. The data stays with Telegram until it is written; check the storage.")]
        public static partial void UnreadableNotWritten(ILogger logger, Exception exception);

        [LoggerMessage(4012, LogLevel.Warning, "The Bot API refused a call for update {UpdateId} ({Kind}), and would refuse it again: {Reason}. The update counts as handled.")]
        public static partial void Refused(ILogger logger, int updateId, string kind, string reason);

        [LoggerMessage(4013, LogLevel.Warning, "The answer to a Bot API call for update {UpdateId} ({Kind}) was lost twice: {Reason}. The call may have been carried out, so the update counts as handled.")]
        public static partial void AnswerLostAgain(ILogger logger, int updateId, string kind, string reason);

        [LoggerMessage(4014, LogLevel.Information, "Update {UpdateId} ({Kind}) is older than {MaxAge:0.###} s (MAX_UPDATE_AGE). It is settled without being handled.")]
        public static partial void TooOld(ILogger logger, int updateId, string kind, double maxAge);

        [LoggerMessage(4015, LogLevel.Information, "The bot cancelled the handler of update {UpdateId} ({Kind}). The update counts as handled.")]
        public static partial void CancelledByBot(ILogger logger, int updateId, string kind);
    }
}
