using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// Removes the rows of a <see cref="TableLedger"/> that are older than Telegram keeps an update, which is 24 h. The ids of
/// updates ascend, so the old rows come first in the order of the keys, which is the only order in which a table is read
/// quickly: a run reads page after page until a page has no old row.
/// </summary>
internal sealed class TableExpiry(TableClient table, TableCalls calls, TimeProvider timeProvider, int pageSize = TableExpiry.PageSize)
{
    /// <summary>A page is some 100 KB, which a slow line carries within the time limit of a call.</summary>
    private const int PageSize = 500;

    private const int LargestBatch = 100;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(25);
    private static readonly string[] Columns = ["PartitionKey", "RowKey", "Timestamp"];

    /// <param name="newest">An update of now, if one is known.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task RunAsync(int? newest, CancellationToken cancellationToken)
    {
        bool isWhole = await WalkAsync(after: null, cancellationToken);
        if (!isWhole && newest is { } updateId)
        {
            // Old rows with higher ids: after a week without updates, Telegram begins again with a random id (Bot API, Update).
            await WalkAsync(after: TableLedgerRow.Of(updateId).PartitionKey, cancellationToken);
        }
    }

    /// <summary>Removes old rows in the order of the keys, until a page has none.</summary>
    /// <returns>Whether the walk has come to the end of the table.</returns>
    private async Task<bool> WalkAsync(string? after, CancellationToken cancellationToken)
    {
        string? filter = after is null ? null : TableClient.CreateQueryFilter($"PartitionKey gt {after}");
        AsyncPageable<TableLedgerRow> query = table.QueryAsync<TableLedgerRow>(filter, select: Columns, cancellationToken: cancellationToken);
        // The enumerator owns no resource, and refuses to be disposed while it waits for a page after a timeout.
        IAsyncEnumerator<Page<TableLedgerRow>> pages = query.AsPages(pageSizeHint: pageSize).GetAsyncEnumerator(cancellationToken);
        // A table that no update needed yet has nothing to remove.
        while (await calls.RunAsync(_ => pages.MoveNextAsync().AsTask(), cancellationToken, TableErrorCode.TableNotFound) is { Fault: null, Value: true })
        {
            bool hasOld = await RemoveOldAsync(pages.Current, cancellationToken);
            if (!hasOld && pages.Current is { ContinuationToken: not null, Values: [.., var last] } && !TableLedgerRow.IsReplay(last))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>Whether there was an old row.</returns>
    private async Task<bool> RemoveOldAsync(Page<TableLedgerRow> page, CancellationToken cancellationToken)
    {
        // Only a row that is old by the clock of the service and by that of this machine is old, so that no wrong clock removes rows.
        DateTimeOffset machine = timeProvider.GetUtcNow();
        DateTimeOffset? now = page.GetRawResponse().Headers.Date is { } service && service < machine ? service : machine;
        TableLedgerRow[] old = [.. page.Values.Where(row => now - row.Timestamp >= Lifetime)];
        foreach (TableLedgerRow[] batch in old.GroupBy(row => row.PartitionKey).SelectMany(rows => rows.Chunk(LargestBatch)))
        {
            await RemoveAsync(batch, cancellationToken);
        }

        return old.Length > 0;
    }

    /// <summary>When another instance claimed or removed a row of the batch meanwhile, the batch waits for the next run.</summary>
    private async Task RemoveAsync(TableLedgerRow[] batch, CancellationToken cancellationToken) => await calls.RunAsync(
        token => table.SubmitTransactionAsync(
            batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), token),
        cancellationToken,
        TableErrorCode.UpdateConditionNotSatisfied,
        TableErrorCode.ResourceNotFound,
        TableErrorCode.TableNotFound);
}
