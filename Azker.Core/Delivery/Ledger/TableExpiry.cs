using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Azker.Core.Delivery.Ledger;

/// <summary>Removes the rows of a <see cref="TableLedger"/> that are older than Telegram keeps an update, which is 24 h.</summary>
internal sealed class TableExpiry(TableClient table, TableCalls calls, TimeProvider timeProvider)
{
    private const int LargestBatch = 100;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(25);
    private static readonly string[] Columns = ["PartitionKey", "RowKey", "Timestamp"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = timeProvider.GetUtcNow() - Lifetime;
        string filter = TableClient.CreateQueryFilter($"Timestamp lt {before}");
        AsyncPageable<TableLedgerRow> query = table.QueryAsync<TableLedgerRow>(filter, select: Columns, cancellationToken: cancellationToken);
        // The enumerator owns no resource, and refuses to be disposed while it waits for a page after a timeout.
        IAsyncEnumerator<Page<TableLedgerRow>> pages = query.AsPages().GetAsyncEnumerator(cancellationToken);
        // A table that no update needed yet has nothing to remove.
        while (await calls.RunAsync(_ => pages.MoveNextAsync().AsTask(), cancellationToken, TableErrorCode.TableNotFound) is { Fault: null, Value: true })
        {
            // The clock of this machine only preselects the rows; the clock of the service decides.
            DateTimeOffset? now = pages.Current.GetRawResponse().Headers.Date;
            IEnumerable<TableLedgerRow> old = pages.Current.Values.Where(row => now - row.Timestamp >= Lifetime);
            foreach (TableLedgerRow[] batch in old.GroupBy(row => row.PartitionKey).SelectMany(rows => rows.Chunk(LargestBatch)))
            {
                await RemoveAsync(batch, cancellationToken);
            }
        }
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
