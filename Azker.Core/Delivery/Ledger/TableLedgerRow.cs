using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// An update in a <see cref="TableLedger"/>. 1024 consecutive ids share a partition: few enough for one server to keep up with
/// the busiest bot, and enough to remove a hundred rows at a time. The keys are in the order of the ids, and so of time; the
/// keys of replays, whose ids are negative, come first.
/// </summary>
internal sealed class TableLedgerRow : ITableEntity
{
    public const string Claimed = "claimed";
    public const string Free = "free";
    public const string Done = "done";

    private const int PartitionBits = 10;

    public required string PartitionKey { get; set; }

    public required string RowKey { get; set; }

    /// <summary>When the row was written, by the clock of the service.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string? State { get; set; }

    /// <summary>The process that wrote the row.</summary>
    public string? Owner { get; set; }

    /// <summary>The epoch of the receiver lock under which the update was claimed.</summary>
    public long? Epoch { get; set; }

    public int Failures { get; set; }

    /// <summary>For people only: no decision depends on the clock of a machine.</summary>
    public DateTimeOffset? FirstSeenAt { get; set; }

    /// <summary>Whether the row is the claim of a replay of a dead letter, which comes at any time.</summary>
    public static bool IsReplay(TableLedgerRow row) => row.RowKey.StartsWith('-');

    public static TableLedgerRow Of(int updateId) => new() { PartitionKey = Key(updateId >> PartitionBits), RowKey = Key(updateId) };

    /// <summary>The columns that change when a claim is renewed or ends.</summary>
    public static TableEntity ColumnsOf(UpdateClaim claim, string owner, string state, int failures)
    {
        TableLedgerRow row = Of(claim.UpdateId);
        return new TableEntity(row.PartitionKey, row.RowKey) { [nameof(State)] = state, [nameof(Owner)] = owner, [nameof(Failures)] = failures };
    }

    private static string Key(int number) => number.ToString("D10", CultureInfo.InvariantCulture);
}
