using System.Collections.Concurrent;
using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>Makes single attempts to handle claimed updates, and gives up on an update after its last attempt.</summary>
internal sealed partial class UpdateAttempts(
    UpdateDispatcher dispatcher,
    DeadLetterArchive deadLetters,
    AttemptPolicy policy,
    DeliveryOptions options,
    TimeProvider timeProvider,
    ILogger<UpdateAttempts> logger)
{
    /// <summary>Beyond this number, an update whose dead letter cannot be written is handled again.</summary>
    private const int MaxUnwritten = 1000;

    /// <summary>The dead letters that could not be written. Their updates are delivered again, but not handled again.</summary>
    private readonly ConcurrentDictionary<int, DeadLetter> _unwritten = new();

    /// <summary>Makes an attempt, in the slot that the caller has taken for it.</summary>
    /// <param name="update">The update.</param>
    /// <param name="claim">The claim under which the update is handled.</param>
    /// <param name="reply">The slot for a reply; <see langword="null"/> if no reply is possible.</param>
    /// <param name="redelivery">How the update is delivered again.</param>
    /// <param name="cancellationToken">Cancels the attempt, which then does not count.</param>
    public async Task<AttemptResult> TryAsync(
        ReceivedUpdate update, UpdateClaim claim, ReplySlot? reply, Redelivery redelivery, CancellationToken cancellationToken)
    {
        DateTimeOffset? firstSeenAt = FirstSeenAt(claim);
        if (_unwritten.TryGetValue(update.Id, out DeadLetter? letter))
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
                policy.Handled(update);
                return new AttemptResult(AttemptOutcome.Settled) { Reply = result.Reply };
            case DispatchOutcome.Cancelled:
                return new AttemptResult(AttemptOutcome.Cancelled);
        }

        policy.Failed(update);
        string reason = DeadLetterReason.Of(result.Outcome);
        return ReasonToGiveUp(update, result, claim, firstSeenAt, redelivery) is { } suffix
            ? await GiveUpAsync(update, Letter(update, reason + suffix, result.Error, claim.Attempt, firstSeenAt), cancellationToken)
            : new AttemptResult(AttemptOutcome.Failed) { Attempt = claim.Attempt, Reason = reason, Error = result.Error };
    }

    /// <summary>Refuses an update for which there is no slot. Telegram delivers it again; if it expires first, it becomes a dead letter.</summary>
    public async Task<AttemptResult> RefuseAsync(ReceivedUpdate update, UpdateClaim claim, CancellationToken cancellationToken)
    {
        DateTimeOffset? firstSeenAt = FirstSeenAt(claim);
        return policy.WouldExpire(update, firstSeenAt ?? timeProvider.GetUtcNow(), UpdateDelivery.OverloadDelay)
            ? await GiveUpAsync(update, Letter(update, DeadLetterReason.NoPlace + AttemptPolicy.WouldExpireText, null, claim.Attempt - 1, firstSeenAt), cancellationToken)
            : new AttemptResult(AttemptOutcome.Overloaded);
    }

    /// <summary>Tries once to write a dead letter for data from Telegram that is not an update.</summary>
    /// <returns>Whether the dead letter was written.</returns>
    public Task<bool> TryDeadLetterAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        TryWriteAsync(raw, NoUpdate(error), cancellationToken);

    /// <summary>Settles the update only after its dead letter is written.</summary>
    private async Task<AttemptResult> GiveUpAsync(ReceivedUpdate update, DeadLetter letter, CancellationToken cancellationToken)
    {
        policy.GivenUp(update);
        if (await TryWriteAsync(update.Raw, letter, cancellationToken))
        {
            _unwritten.TryRemove(update.Id, out _);
            return new AttemptResult(AttemptOutcome.Settled);
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

    private string? ReasonToGiveUp(ReceivedUpdate update, DispatchResult result, UpdateClaim claim, DateTimeOffset? firstSeenAt, Redelivery redelivery) =>
        result.Outcome == DispatchOutcome.Unreadable
            ? ""
            : policy.ReasonToGiveUp(
                update,
                claim.Attempt,
                firstSeenAt ?? timeProvider.GetUtcNow(),
                redelivery.MaxDelayAfter(claim.Attempt),
                redelivery.BlocksOthers());

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
        [LoggerMessage(1, LogLevel.Error, "The dead letter of update {UpdateId} could not be written. The update stays with Telegram until it is written; check the storage.")]
        public static partial void DeadLetterNotWritten(ILogger logger, int? updateId, Exception exception);
    }
}
