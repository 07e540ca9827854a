namespace Azker.Core.Delivery.Ledger;

/// <summary>The knowledge of a process about its own claim on an update.</summary>
internal enum LocalClaim
{
    /// <summary>It has no claim.</summary>
    None,

    /// <summary>It may have a claim: the answer to its last attempt was lost.</summary>
    Unsure,

    /// <summary>It is claiming at this moment.</summary>
    Pending,

    /// <summary>It has a claim.</summary>
    Held,
}
