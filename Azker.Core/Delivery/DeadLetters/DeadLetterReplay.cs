using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Infrastructure;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>
/// Passes the update of a dead letter to its handler again. Replays may run beside a receiver and beside each other: the
/// ledger gives the update to one of them.
/// </summary>
internal sealed partial class DeadLetterReplay(
    DeadLetterArchive archive,
    IUpdateLedger ledger,
    LedgerClient ledgerClient,
    BotHandlers handlers,
    UpdateDispatcher dispatcher,
    TimeProvider timeProvider,
    ILogger<DeadLetterReplay> logger)
{
    /// <summary>How long a replay waits for a ledger that another process has open, as it has while updates are in flight there.</summary>
    private static readonly TimeSpan LedgerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Replays a dead letter: a success removes it, a failure keeps it and counts the attempt.</summary>
    /// <param name="letter">The dead letter.</param>
    /// <param name="cancellationToken">Cancels the handler; the attempt does not count then.</param>
    /// <returns>The result.</returns>
    /// <exception cref="DeadLetterException">The dead letter cannot be read or written.</exception>
    public async Task<ReplayResult> ReplayAsync(StoredDeadLetter letter, CancellationToken cancellationToken)
    {
        if (await archive.ReadAsync(letter, cancellationToken) is not { } raw)
        {
            return new ReplayResult(ReplayOutcome.Gone);
        }

        try
        {
            return await ReplayAsync(letter, ReceivedUpdate.Parse(raw), cancellationToken);
        }
        catch (UnreadableUpdateException error)
        {
            return await KeepAsync(letter, DeadLetterReason.NoUpdate, error);
        }
        catch (UpdateLedgerException error)
        {
            return new ReplayResult(ReplayOutcome.LedgerUnavailable, error.Message);
        }
    }

    private async Task<ReplayResult> ReplayAsync(StoredDeadLetter letter, ReceivedUpdate update, CancellationToken cancellationToken)
    {
        using IDisposable? scope = logger.BeginScope(new UpdateScope(update, UpdateScope.ByReplay));
        if (await ClaimWithRetriesAsync(update.Id, cancellationToken) is not { } claim)
        {
            return new ReplayResult(ReplayOutcome.Busy);
        }

        bool isDone = false;
        await using var held = new HeldClaim(claim, ledgerClient, timeProvider, cancellationToken);
        try
        {
            // The other party: a replay that had the claim until now and handled the update.
            ReplayResult result = await archive.ReadAsync(letter, cancellationToken) is null
                ? new ReplayResult(ReplayOutcome.Gone)
                : await HandleAsync(letter, update, held.Lost);
            isDone = result.Outcome == ReplayOutcome.Handled;
            return result;
        }
        finally
        {
            await EndClaimAsync(await held.EndAsync(), isDone);
        }
    }

    private async Task<UpdateClaim?> ClaimWithRetriesAsync(int updateId, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1), Random.Shared);
        long startedAt = timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                return await ClaimAsync(updateId, cancellationToken);
            }
            catch (UpdateLedgerException) when (timeProvider.GetElapsedTime(startedAt) < LedgerTimeout)
            {
                await Task.Delay(backoff.Next(), timeProvider, cancellationToken);
            }
        }
    }

    /// <summary>
    /// The update of a dead letter is settled in the ledger, so that it is not handled when Telegram sends it again. It stays
    /// settled; the replay is claimed under a number that no update has.
    /// </summary>
    private async Task<UpdateClaim?> ClaimAsync(int updateId, CancellationToken cancellationToken)
    {
        UpdateClaim claim = await ledger.ClaimAsync(updateId, epoch: null, cancellationToken);
        if (claim.Outcome == ClaimOutcome.Duplicate)
        {
            claim = await ledger.ClaimAsync(~updateId, epoch: null, cancellationToken);
        }

        return claim.Outcome == ClaimOutcome.Claimed ? claim : null;
    }

    private async Task EndClaimAsync(UpdateClaim claim, bool isDone)
    {
        try
        {
            await (isDone && claim.UpdateId >= 0
                ? ledger.SettleAsync(claim, CancellationToken.None)
                : ledger.ReleaseAsync(claim, hasFailed: false, CancellationToken.None));
        }
        catch (UpdateLedgerException error)
        {
            Log.ClaimKept(logger, claim.UpdateId < 0 ? ~claim.UpdateId : claim.UpdateId, error);
        }
    }

    private async Task<ReplayResult> HandleAsync(StoredDeadLetter letter, ReceivedUpdate update, CancellationToken cancellationToken)
    {
        if (!IsAccepted(update))
        {
            return new ReplayResult(ReplayOutcome.NotAccepted);
        }

        DispatchResult result = await dispatcher.DispatchAsync(update, reply: null, cancellationToken);
        switch (result.Outcome)
        {
            case DispatchOutcome.Handled:
                return new ReplayResult(ReplayOutcome.Handled, await RemoveAsync(letter));
            case DispatchOutcome.Cancelled:
                return new ReplayResult(ReplayOutcome.Cancelled);
            default:
                return await KeepAsync(letter, DeadLetterReason.Of(result.Outcome), result.Error);
        }
    }

    /// <summary>
    /// Whether this program has a handler for the update. An update from Telegram counts as handled without one; a replay may run in
    /// another program than the bot's own, and would then lose the dead letter.
    /// </summary>
    private bool IsAccepted(ReceivedUpdate update)
    {
        try
        {
            return handlers.Find(update) is not null;
        }
        catch (Exception)
        {
            // The attempt meets the same exception, and counts it.
            return true;
        }
    }

    private async Task<string?> RemoveAsync(StoredDeadLetter letter)
    {
        try
        {
            await archive.RemoveAsync(letter, CancellationToken.None);
            return null;
        }
        catch (DeadLetterException error)
        {
            return $"The dead letter could not be removed, so another replay would handle its update again. {error.Message}";
        }
    }

    private async Task<ReplayResult> KeepAsync(StoredDeadLetter letter, string reason, Exception? error)
    {
        DeadLetter kept = letter.Letter with { Reason = reason, Attempts = letter.Letter.Attempts + 1, LastAttemptAt = timeProvider.GetUtcNow() };
        kept = await archive.UpdateAsync(letter with { Letter = kept.With(error) }, CancellationToken.None);
        return new ReplayResult(ReplayOutcome.Failed, kept.Error is null ? reason : $"{reason} {kept.ErrorType}: {kept.Error}");
    }

    private static partial class Log
    {
        [LoggerMessage(4121, LogLevel.Warning, "The claim of the replay of update {UpdateId} was not ended in the ledger. It expires.")]
        public static partial void ClaimKept(ILogger logger, int updateId, Exception exception);
    }
}
