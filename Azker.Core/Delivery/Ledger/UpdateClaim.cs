namespace Azker.Core.Delivery.Ledger;

/// <summary>The outcome of an attempt to claim an update.</summary>
internal enum ClaimOutcome
{
    /// <summary>The claimant has the update.</summary>
    Claimed,

    /// <summary>Another claimant is processing the update.</summary>
    Busy,

    /// <summary>The update is settled.</summary>
    Duplicate,

    /// <summary>The ledger cannot be used now, so the state of the update is unknown. A ledger itself throws instead.</summary>
    Unavailable,
}

/// <summary>The result of an attempt to claim an update; for a claimed update also the number of the next attempt, from 1.</summary>
internal readonly record struct UpdateClaim(ClaimOutcome Outcome, int Attempt = 0)
{
    /// <summary>The update that was claimed.</summary>
    public int UpdateId { get; init; }

    /// <summary>
    /// Identifies this claim among all claims on the same update, so that a claimant whose claim expired cannot settle the
    /// update of another claimant.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>When the update was first claimed, UTC, if the ledger knows.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }
}
