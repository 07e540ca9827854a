using System.Globalization;

namespace Azker.Core.Delivery.Ledger;

/// <summary>What a <see cref="LedgerBook"/> knows of one update.</summary>
internal sealed class LedgerEntry(int updateId)
{
    public int UpdateId => updateId;

    /// <summary>For people only; no clock that can be set decides anything here.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    public int Failures { get; set; }

    public bool IsSettled { get; set; }

    public bool IsInProgress { get; set; }

    /// <summary>Which claim has it, or had it last.</summary>
    public long Token { get; set; }

    /// <summary>The epoch of the receiver lock under which it was claimed.</summary>
    public long? Epoch { get; set; }

    /// <summary>When it was claimed, or came to rest, by a clock that nobody sets.</summary>
    public long ChangedAt { get; set; }

    public bool IsClaimedBy(UpdateClaim claim) => claim.Token == Token.ToString(CultureInfo.InvariantCulture);
}
