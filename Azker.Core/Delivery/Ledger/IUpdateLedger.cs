namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// Remembers which updates are in progress, which are settled, and how often the other updates have failed. Every call
/// throws <see cref="UpdateLedgerException"/> when the ledger cannot be used; then no update may be handled.
/// </summary>
internal interface IUpdateLedger
{
    /// <summary>
    /// How long a claim excludes other claimants, unless it is renewed: short, so that the update of a dead instance waits no
    /// longer, and long enough for two failed renewals. It is measured by clocks that no user sets.
    /// </summary>
    static readonly TimeSpan ClaimDuration = TimeSpan.FromSeconds(15);

    /// <summary>The interval between two renewals of a claim.</summary>
    static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Claims an update before it is handled. The claimant has to settle or release it. If the claimant dies, the update counts
    /// one more failure: it may have caused the death.
    /// </summary>
    /// <param name="updateId">The <c>update_id</c>.</param>
    /// <param name="epoch">
    /// The epoch of the receiver lock under which the claimant receives; <see langword="null"/> without a lock. A claim from an
    /// earlier epoch has no claimant any more, and is taken over before it expires.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken);

    /// <summary>Extends a claim: it excludes other claimants for another <see cref="ClaimDuration"/> from now.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The claim under which the update is held now, which replaces <paramref name="claim"/>; <see langword="null"/> when the claim
    /// expired and another claimant took the update. Repeating it is safe.
    /// </returns>
    ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken);

    /// <summary>Settles a claimed update. After that a crash, even of the machine, does not undo it.</summary>
    /// <returns>Whether the update is settled; not when the claim expired and another claimant took the update. Repeating it is safe.</returns>
    ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken);

    /// <summary>Releases a claimed update without settling it; it may be claimed again.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="hasFailed">Whether the attempt counts as failed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the update is free; not when the claim expired and another claimant took the update. Repeating it is safe.</returns>
    ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken);

    /// <summary>Checks at the start whether the ledger can be used.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Removes the records that are older than Telegram keeps an update, if the ledger does not remove them by itself.</summary>
    Task ExpireAsync(CancellationToken cancellationToken);
}
