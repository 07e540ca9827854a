namespace Azker.Core.Delivery.Ledger;

/// <summary>What a claim found.</summary>
internal enum ClaimOutcome
{
    /// <summary>The update is the claimant's.</summary>
    Claimed,

    /// <summary>It is at work elsewhere.</summary>
    Busy,

    /// <summary>It is done with.</summary>
    Duplicate,

    /// <summary>The ledger cannot be used now, so nobody knows. A ledger itself throws instead.</summary>
    Unavailable,
}

/// <summary>What a claim found, and, when the update was claimed, which attempt follows, from 1 on.</summary>
internal readonly record struct UpdateClaim(ClaimOutcome Outcome, int Attempt = 0)
{
    /// <summary>The update that was claimed.</summary>
    public int UpdateId { get; init; }

    /// <summary>
    /// What tells this claim from every other one of the same update, so that a claimant whose time was over cannot settle
    /// what is another's by now.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>When it was claimed for the first time, UTC, where the ledger knows.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }
}
