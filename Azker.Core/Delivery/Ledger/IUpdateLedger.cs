namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// Remembers which updates are at work, which are done with, and how often the others have failed. Every call throws
/// <see cref="UpdateLedgerException"/> when the ledger cannot be used; then nothing must be handled.
/// </summary>
internal interface IUpdateLedger
{
    /// <summary>
    /// How long a claim keeps others away: longer than Telegram waits for a webhook's answer (60 s), and than an update may
    /// queue (5 s) and its handler may take (55 s, and 3 s of grace). It is measured by clocks that no user sets.
    /// </summary>
    static readonly TimeSpan ClaimDuration = TimeSpan.FromSeconds(65);

    /// <summary>
    /// Claims an update before it is tried. Who gets it has to settle or release it. One whose claimant has died counts as
    /// failed once more: it may be what killed it.
    /// </summary>
    /// <param name="updateId">The <c>update_id</c>.</param>
    /// <param name="epoch">
    /// The epoch of the receiver lock under which the claimant receives; <see langword="null"/> without one. A claim from an
    /// earlier epoch is nobody's any more, and is taken before its time.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken);

    /// <summary>A claimed update is done with. When this has ended, a crash, also of the machine, does not undo it.</summary>
    /// <returns>Whether it is done; not, when the claim's time was over and another took the update. Repeating it is safe.</returns>
    ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken);

    /// <summary>A claimed update is not done with; it may be claimed again.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="hasFailed">Whether the attempt counts.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it is free; not, when the claim's time was over and another took the update. Repeating it is safe.</returns>
    ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken);

    /// <summary>Removes what is older than Telegram keeps an update, where that is not done along the way.</summary>
    Task ExpireAsync(CancellationToken cancellationToken);
}
