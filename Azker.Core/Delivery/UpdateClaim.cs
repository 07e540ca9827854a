namespace Azker.Core.Delivery;

/// <summary>What a claim found.</summary>
internal enum ClaimOutcome
{
    /// <summary>The update is the claimant's.</summary>
    Claimed,

    /// <summary>It is at work elsewhere.</summary>
    Busy,

    /// <summary>It is done with.</summary>
    Duplicate,
}

/// <summary>What a claim found, and, when the update was claimed, which attempt follows, from 1 on.</summary>
internal readonly record struct UpdateClaim(ClaimOutcome Outcome, int Attempt = 0)
{
    /// <summary>When it was claimed for the first time, UTC, where the ledger knows.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }
}
