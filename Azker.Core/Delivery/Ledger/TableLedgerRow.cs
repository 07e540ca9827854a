using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// An update in a <see cref="TableLedger"/>. 1024 ids that follow each other share a partition: few enough for one server
/// to keep up with the busiest bot, and enough to be removed a hundred at a time.
/// </summary>
internal sealed class TableLedgerRow : ITableEntity
{
    public const string Claimed = "claimed";
    public const string Free = "free";
    public const string Done = "done";

    private const int PartitionBits = 10;

    public required string PartitionKey { get; set; }

    public required string RowKey { get; set; }

    /// <summary>When it was written, by the service's clock.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string? State { get; set; }

    /// <summary>The process that wrote it.</summary>
    public string? Owner { get; set; }

    /// <summary>The epoch of the receiver lock under which it was claimed.</summary>
    public long? Epoch { get; set; }

    public int Failures { get; set; }

    /// <summary>For people only; no clock of a machine decides anything here.</summary>
    public DateTimeOffset? FirstSeenAt { get; set; }

    public static TableLedgerRow Of(int updateId) => new() { PartitionKey = Key(updateId >> PartitionBits), RowKey = Key(updateId) };

    /// <summary>What changes when a claim ends; the rest of the row stays.</summary>
    public static TableEntity End(UpdateClaim claim, string owner, string state, int failures)
    {
        TableLedgerRow row = Of(claim.UpdateId);
        return new TableEntity(row.PartitionKey, row.RowKey) { [nameof(State)] = state, [nameof(Owner)] = owner, [nameof(Failures)] = failures };
    }

    private static string Key(int number) => number.ToString("D10", CultureInfo.InvariantCulture);
}
