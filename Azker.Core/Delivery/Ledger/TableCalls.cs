using System.Globalization;
using Azker.Core.Locking.BlobLease;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Azker.Core.Delivery.Ledger;

/// <summary>The calls to the table service, each tried once and bounded in time.</summary>
internal sealed class TableCalls(TableClient table, TimeSpan attemptTimeout, TimeProvider timeProvider)
{
    /// <summary>The answers that are part of how a ledger works; all others mean that it cannot be used.</summary>
    private static readonly TableErrorCode[] Answers =
    [
        TableErrorCode.EntityAlreadyExists,
        TableErrorCode.UpdateConditionNotSatisfied,
        TableErrorCode.ResourceNotFound,
        TableErrorCode.TableNotFound,
    ];

    /// <exception cref="RequestFailedException">The service gave one of the answers that have to be reckoned with.</exception>
    /// <exception cref="UpdateLedgerException">It gave another one, or none in time.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(attemptTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await call(either.Token).WaitAsync(either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception error) when (timeout.IsCancellationRequested)
        {
            throw Fault(string.Create(CultureInfo.InvariantCulture, $"no answer within {attemptTimeout.TotalSeconds:0.###} s"), error);
        }
        catch (Exception error) when (!Answers.Any(answer => Is(error, answer)))
        {
            throw Fault(BlobLeaseFault.From(error).Evidence, error);
        }
    }

    public static bool Is(Exception error, TableErrorCode code) => error is RequestFailedException { ErrorCode: { } actual } && code == actual;

    private UpdateLedgerException Fault(string evidence, Exception error) => new(
        $"The ledger, table {table.Name} of {table.AccountName}, cannot be used: {evidence}. Check the storage account, and the right to read and write tables there.",
        error);
}
