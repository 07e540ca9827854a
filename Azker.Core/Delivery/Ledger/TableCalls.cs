using Azker.Core.Infrastructure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Azker.Core.Delivery.Ledger;

/// <summary>Calls the table service, each call once and within a time limit.</summary>
internal sealed class TableCalls(TableClient table, TimeSpan attemptTimeout, TimeProvider timeProvider)
{
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="expected">The refusals that the caller handles.</param>
    /// <returns>The result, or one of the expected refusals.</returns>
    /// <exception cref="UpdateLedgerException">The service gave another answer, or none in time.</exception>
    public async Task<StorageAnswer<T>> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, params TableErrorCode[] expected)
    {
        StorageAnswer<T> answer = await StorageCall.RunAsync(call, attemptTimeout, timeProvider, cancellationToken);
        return answer.Fault is { } fault && !expected.Any(code => Is(fault, code)) ? throw Unusable(fault) : answer;
    }

    public static bool Is(StorageFault? fault, TableErrorCode code) => fault?.ErrorCode is { } actual && code == actual;

    private UpdateLedgerException Unusable(StorageFault fault) => new(
        $"The ledger, table {table.Name} of {table.AccountName}, cannot be used: {fault.Evidence}. Check the storage account, and the permission to read and write tables there.",
        fault.Cause)
    {
        IsRefusal = fault.IsDenied || fault.Status == 400,
        IsHostUnknown = fault.IsHostUnknown,
    };
}
