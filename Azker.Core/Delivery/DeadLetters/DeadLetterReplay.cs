using Azker.Core.Delivery.Ledger;
using Azker.Core.Handling;
using Azker.Core.Infrastructure;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>
/// Brings the update of a dead letter to its handler once more. That may be done beside a running receiver, and by several
/// at once: the ledger lets one of them have it.
/// </summary>
public sealed partial class DeadLetterReplay
{
    /// <summary>For how long a ledger is waited for that another process has, as it does while it has updates in hand.</summary>
    private static readonly TimeSpan LedgerPatience = TimeSpan.FromSeconds(10);

    private readonly DeadLetterArchive _letters;
    private readonly IUpdateLedger _ledger;
    private readonly UpdateDispatcher _dispatcher;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<DeadLetterReplay> _logger;

    internal DeadLetterReplay(
        DeadLetterArchive letters, IUpdateLedger ledger, UpdateDispatcher dispatcher, TimeProvider timeProvider, ILogger<DeadLetterReplay> logger) =>
        (_letters, _ledger, _dispatcher, _timeProvider, _logger) = (letters, ledger, dispatcher, timeProvider, logger);

    /// <summary>Replays a letter: a success removes it, a failure keeps it and adds the attempt.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="cancellationToken">Ends the handler early; then the attempt does not count.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="DeadLetterException">The letter cannot be read or written.</exception>
    public async Task<ReplayResult> ReplayAsync(StoredDeadLetter letter, CancellationToken cancellationToken)
    {
        if (await _letters.ReadAsync(letter, cancellationToken) is not { } raw)
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
        if (await ClaimPatientlyAsync(update.Id, cancellationToken) is not { } claim)
        {
            return new ReplayResult(ReplayOutcome.Busy);
        }

        bool isDone = false;
        try
        {
            // Another replay may have had the claim until now, and handled the update.
            ReplayResult result = await _letters.ReadAsync(letter, cancellationToken) is null
                ? new ReplayResult(ReplayOutcome.Gone)
                : await HandleAsync(letter, update, cancellationToken);
            isDone = result.Outcome == ReplayOutcome.Handled;
            return result;
        }
        finally
        {
            await GiveBackAsync(claim, isDone);
        }
    }

    private async Task<UpdateClaim?> ClaimPatientlyAsync(int updateId, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1), Random.Shared);
        long startedAt = _timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                return await ClaimAsync(updateId, cancellationToken);
            }
            catch (UpdateLedgerException) when (_timeProvider.GetElapsedTime(startedAt) < LedgerPatience)
            {
                await Task.Delay(backoff.Next(), _timeProvider, cancellationToken);
            }
        }
    }

    /// <summary>
    /// An update that was given up on is done with in the ledger, which keeps it from being handled when it comes from
    /// Telegram again. That stays so; its replay is claimed under a number that no update has.
    /// </summary>
    private async Task<UpdateClaim?> ClaimAsync(int updateId, CancellationToken cancellationToken)
    {
        UpdateClaim claim = await _ledger.ClaimAsync(updateId, epoch: null, cancellationToken);
        if (claim.Outcome == ClaimOutcome.Duplicate)
        {
            claim = await _ledger.ClaimAsync(~updateId, epoch: null, cancellationToken);
        }

        return claim.Outcome == ClaimOutcome.Claimed ? claim : null;
    }

    private async Task GiveBackAsync(UpdateClaim claim, bool isDone)
    {
        try
        {
            await (isDone && claim.UpdateId >= 0
                ? _ledger.SettleAsync(claim, CancellationToken.None)
                : _ledger.ReleaseAsync(claim, hasFailed: false, CancellationToken.None));
        }
        catch (UpdateLedgerException error)
        {
            Log.ClaimKept(_logger, claim.UpdateId < 0 ? ~claim.UpdateId : claim.UpdateId, error);
        }
    }

    private async Task<ReplayResult> HandleAsync(StoredDeadLetter letter, ReceivedUpdate update, CancellationToken cancellationToken)
    {
        DispatchResult result = await _dispatcher.DispatchAsync(update, reply: null, cancellationToken);
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

    private async Task<string?> RemoveAsync(StoredDeadLetter letter)
    {
        try
        {
            await _letters.RemoveAsync(letter, CancellationToken.None);
            return null;
        }
        catch (DeadLetterException error)
        {
            return $"It could not be removed; another replay would handle its update again. {error.Message}";
        }
    }

    private async Task<ReplayResult> KeepAsync(StoredDeadLetter letter, string reason, Exception? error)
    {
        DeadLetter kept = letter.Letter with { Reason = reason, Attempts = letter.Letter.Attempts + 1, LastAttemptAt = _timeProvider.GetUtcNow() };
        kept = await _letters.UpdateAsync(letter with { Letter = kept.With(error) }, CancellationToken.None);
        return new ReplayResult(ReplayOutcome.Failed, kept.Error is null ? reason : $"{reason} {kept.ErrorType}: {kept.Error}");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The ledger could not be told that the replay of update {UpdateId} has ended; its claim ends by itself.")]
        public static partial void ClaimKept(ILogger logger, int updateId, Exception exception);
    }
}
