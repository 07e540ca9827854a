using System.Globalization;

namespace Azker.Core.Delivery.Ledger;

/// <summary>An update in a <see cref="LedgerBook"/>.</summary>
internal sealed class LedgerEntry(int updateId)
{
    public int UpdateId => updateId;

    /// <summary>For people only: no decision depends on a clock that can be set.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    public int Failures { get; set; }

    public bool IsSettled { get; set; }

    public bool IsInProgress { get; set; }

    /// <summary>Identifies the current claim, or the last one.</summary>
    public long Token { get; set; }

    /// <summary>The epoch of the receiver lock under which the update was claimed.</summary>
    public long? Epoch { get; set; }

    /// <summary>When the update was claimed, settled or released, by a clock that cannot be set.</summary>
    public long ChangedAt { get; set; }

    public bool IsClaimedBy(UpdateClaim claim) => claim.Token == Token.ToString(CultureInfo.InvariantCulture);
}
