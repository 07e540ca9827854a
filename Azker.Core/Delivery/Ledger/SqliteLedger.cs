using Azker.Core.Configuration;
using Azker.Core.Delivery.Storage;
using Azker.Core.Locking.OsLock;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.Ledger;

/// <summary>A ledger in the local database, for runs on one machine. Several processes may use it at once.</summary>
/// <remarks>
/// A settled update is on disk before it is confirmed to Telegram; updates that settle at the same time share a flush. A claim,
/// a renewal or a failure is only passed to the system: a crash of the machine undoes it, and then Telegram sends the update
/// again anyway.
/// </remarks>
internal sealed partial class SqliteLedger(
    LocalDatabase database, AzkerOptions options, TimeProvider timeProvider, ILogger<SqliteLedger> logger) : IUpdateLedger
{
    private readonly FormerLedgerFile _former = new(options);
    private readonly Company _company = new();
    private LocalConnection? _connection;
    private SqliteLedgerRows? _rows;
    private volatile bool _hasFormer = true;

    /// <summary>How many updates are remembered.</summary>
    public int Capacity { get; init; } = LedgerBook.DefaultCapacity;

    /// <summary>The process whose claims these are.</summary>
    public ProcessIdentity Process { get; init; } = ProcessIdentity.Current;

    public async ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken)
    {
        bool isAlone = _company.Enter();
        UpdateClaim claim = default;
        try
        {
            claim = await RunAsync(rows => rows.Claim(updateId, epoch), isDurable: false, isAlone);
            return claim;
        }
        finally
        {
            if (claim.Token is null)
            {
                _company.Leave();
            }
        }
    }

    public ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken) =>
        RunAsync(rows => rows.Renew(claim), isDurable: false);

    public ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken) =>
        EndAsync(rows => rows.Settle(claim), isDurable: true);

    public ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken) =>
        EndAsync(rows => rows.Release(claim, hasFailed), isDurable: false);

    /// <remarks>A standby, which has not used the database, has nothing to remove.</remarks>
    public async Task ExpireAsync(CancellationToken cancellationToken)
    {
        if (database.IsOpen)
        {
            await RunAsync(rows => rows.RemoveOld(), isDurable: false);
        }
    }

    private async ValueTask<bool> EndAsync(Func<SqliteLedgerRows, bool> end, bool isDurable)
    {
        bool hasEnded = await RunAsync(end, isDurable);
        _company.Leave();
        return hasEnded;
    }

    private async ValueTask<T> RunAsync<T>(Func<SqliteLedgerRows, T> work, bool isDurable, bool isAlone = false)
    {
        try
        {
            if (_hasFormer)
            {
                await TakeOverAsync();
            }

            return await database.RunAsync(connection => work(RowsOf(connection)), isDurable, isAlone);
        }
        catch (LocalDatabaseException fault)
        {
            throw new UpdateLedgerException($"The ledger {fault.Message}", fault);
        }
    }

    /// <summary>Takes over what a former version of Azker settled. It may run more than once.</summary>
    private async Task TakeOverAsync()
    {
        if (_former.Exists)
        {
            await database.RunAsync(connection => RowsOf(connection).AddSettled(_former.ReadSettled()), isDurable: true);
            _former.Remove();
        }

        _hasFormer = false;
    }

    private SqliteLedgerRows RowsOf(LocalConnection connection)
    {
        if (connection != _connection)
        {
            _rows = new SqliteLedgerRows(connection, Process, timeProvider, Capacity);
            (_connection, int unfinished) = (connection, _rows.FreeClaimsOfDeadProcesses());
            if (unfinished > 0)
            {
                Log.Unfinished(logger, unfinished);
            }
        }

        return _rows!;
    }

    /// <summary>Tells an update that comes alone from updates that come together, whose claims share a transaction.</summary>
    private sealed class Company
    {
        private int _inProgress;
        private bool _wasAlone = true;

        /// <returns>Whether the update is alone, and the update before it was.</returns>
        public bool Enter()
        {
            bool isAlone = Interlocked.Increment(ref _inProgress) <= 1;
            bool wasAlone = Volatile.Read(ref _wasAlone);
            Volatile.Write(ref _wasAlone, isAlone);
            return isAlone && wasAlone;
        }

        public void Leave() => Interlocked.Decrement(ref _inProgress);
    }

    private static partial class Log
    {
        [LoggerMessage(4311, LogLevel.Information, "Updates were in flight when the previous process ended: {Updates}. Each counts one more failed attempt.")]
        public static partial void Unfinished(ILogger logger, int updates);
    }
}
