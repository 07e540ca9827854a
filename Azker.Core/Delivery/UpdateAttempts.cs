using System.Collections.Concurrent;
using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery;

/// <summary>Makes single attempts at updates that are claimed, and gives up on those that had their last one.</summary>
internal sealed partial class UpdateAttempts(
    UpdateDispatcher dispatcher,
    DeadLetterArchive deadLetters,
    AttemptPolicy policy,
    DeliveryOptions options,
    TimeProvider timeProvider,
    ILogger<UpdateAttempts> logger)
{
    /// <summary>Beyond that many, an update whose dead letter cannot be written is tried again.</summary>
    private const int MostUnkept = 1000;

    /// <summary>The dead letters that could not be written: their updates come again, and are not handled again.</summary>
    private readonly ConcurrentDictionary<int, DeadLetter> _unkept = new();

    /// <summary>Makes an attempt, in the place that was taken for it.</summary>
    /// <param name="update">The update.</param>
    /// <param name="claim">The claim under which it is tried.</param>
    /// <param name="reply">Where a reply can be put; <see langword="null"/> where none can.</param>
    /// <param name="redelivery">How the update comes again.</param>
    /// <param name="cancellationToken">Ends the attempt early; then it does not count.</param>
    public async Task<AttemptResult> TryAsync(
        ReceivedUpdate update, UpdateClaim claim, ReplySlot? reply, Redelivery redelivery, CancellationToken cancellationToken)
    {
        DateTimeOffset? firstSeenAt = FirstSeenAt(claim);
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
                policy.Handled(update);
                return new AttemptResult(AttemptOutcome.Settled) { Reply = result.Reply };
            case DispatchOutcome.Cancelled:
                return new AttemptResult(AttemptOutcome.Cancelled);
        }

        policy.Failed(update);
        string reason = DeadLetterReason.Of(result.Outcome);
        return WhyLast(update, result, claim, firstSeenAt, redelivery) is { } why
            ? await GiveUpAsync(update, Letter(update, reason + why, result.Error, claim.Attempt, firstSeenAt), cancellationToken)
            : new AttemptResult(AttemptOutcome.Failed) { Attempt = claim.Attempt, Why = reason, Error = result.Error };
    }

    /// <summary>An update for which there is no place comes again, unless it expires first.</summary>
    public async Task<AttemptResult> RefuseAsync(ReceivedUpdate update, UpdateClaim claim, CancellationToken cancellationToken)
    {
        DateTimeOffset? firstSeenAt = FirstSeenAt(claim);
        return policy.WouldExpire(update, firstSeenAt ?? timeProvider.GetUtcNow(), UpdateDelivery.OverloadDelay)
            ? await GiveUpAsync(update, Letter(update, DeadLetterReason.NoPlace + AttemptPolicy.Expires, null, claim.Attempt - 1, firstSeenAt), cancellationToken)
            : new AttemptResult(AttemptOutcome.Overloaded);
    }

    /// <summary>Tries once to set aside what came from Telegram and is no update.</summary>
    /// <returns>Whether it is kept.</returns>
    public Task<bool> TrySetAsideAsync(ReadOnlyMemory<byte> raw, UnreadableUpdateException error, CancellationToken cancellationToken) =>
        TryKeepAsync(raw, NoUpdate(error), cancellationToken);

    /// <summary>An update is not settled before its dead letter is kept.</summary>
    private async Task<AttemptResult> GiveUpAsync(ReceivedUpdate update, DeadLetter letter, CancellationToken cancellationToken)
    {
        policy.GivenUp(update);
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

    private string? WhyLast(ReceivedUpdate update, DispatchResult result, UpdateClaim claim, DateTimeOffset? firstSeenAt, Redelivery redelivery) =>
        result.Outcome == DispatchOutcome.Unreadable
            ? ""
            : policy.WhyLast(
                update,
                claim.Attempt,
                firstSeenAt ?? timeProvider.GetUtcNow(),
                redelivery.LongestDelayAfter(claim.Attempt),
                redelivery.IsCrowded());

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
        [LoggerMessage(1, LogLevel.Error, "The dead letter of update {UpdateId} cannot be written. Until it can, the update stays with Telegram.")]
        public static partial void DeadLetterNotWritten(ILogger logger, int? updateId, Exception exception);
    }
}
