namespace Azker.Core.Delivery;

/// <summary>Remembers which updates are at work, which are done with, and how often the others have failed.</summary>
internal interface IUpdateLedger
{
    /// <summary>Claims an update before it is tried. Who gets it has to settle or release it.</summary>
    ValueTask<UpdateClaim> ClaimAsync(int updateId, CancellationToken cancellationToken);

    /// <summary>A claimed update is done with.</summary>
    ValueTask SettleAsync(int updateId, CancellationToken cancellationToken);

    /// <summary>A claimed update is not done with; it may be claimed again.</summary>
    /// <param name="updateId">The <c>update_id</c>.</param>
    /// <param name="hasFailed">Whether the attempt counts.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask ReleaseAsync(int updateId, bool hasFailed, CancellationToken cancellationToken);
}
