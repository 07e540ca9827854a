using Azker.Core.Delivery.Storage;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// Reads and writes the table <c>processes</c>, which identifies the processes that have claims, in the transaction of its
/// caller. A process that has ended has no claims any more.
/// </summary>
internal sealed class SqliteLedgerProcesses
{
    /// <summary>A claim has the number of its process in its upper half, and a number within the process in its lower half.</summary>
    private const int ProcessShift = 32;

    private readonly ProcessIdentity _own;
    private readonly long _ownId;
    private readonly LocalStatement _all;
    private readonly LocalStatement _remove;
    private readonly LocalStatement _free;
    private long _lastClaim;

    public SqliteLedgerProcesses(LocalConnection connection, ProcessIdentity own)
    {
        _own = own;
        _all = connection.Prepare("SELECT id, pid, start_ticks, boot, pid_namespace, machine, host FROM processes");
        _remove = connection.Prepare("DELETE FROM processes WHERE id = ?1");
        _free = connection.Prepare("UPDATE updates SET state = 0, failures = failures + 1 WHERE state = 1 AND claim >> 32 = ?1");
        _ownId = connection.Prepare("INSERT INTO processes(pid, start_ticks, boot, pid_namespace, machine, host) VALUES(?1, ?2, ?3, ?4, ?5, ?6) RETURNING id")
            .Set(1, own.ProcessId).Set(2, own.StartTicks).Set(3, own.Boot).Set(4, own.PidNamespace).Set(5, own.Machine).Set(6, own.Host)
            .ReadNumber();
        _lastClaim = _ownId << ProcessShift;
    }

    public long NextClaim() => ++_lastClaim;

    /// <summary>Frees the updates that processes had claimed when they ended. Each counts one more failed attempt.</summary>
    /// <returns>The number of these updates.</returns>
    public int FreeClaimsOfDead()
    {
        int freed = 0;
        foreach ((long id, _) in _all.ReadAll(Read).Where(process => process.Id != _ownId && IsDead(process.Identity)))
        {
            freed += _free.Set(1, id).Write();
            _remove.Set(1, id).Write();
        }

        return freed;
    }

    /// <summary>Whether the process that made a claim has ended.</summary>
    public bool IsDead(long claim) =>
        _all.ReadAll(Read).Find(process => process.Id == claim >> ProcessShift) is not { Identity: { } identity } || IsDead(identity);

    private static (long Id, ProcessIdentity Identity) Read(LocalStatement row) =>
        (row.Number(0), new ProcessIdentity((int)row.Number(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6)!));

    /// <summary>The file is on a local disk, so a process under another kernel ran before this start of the system.</summary>
    private bool IsDead(ProcessIdentity process) =>
        (process.Boot is not null && _own.Boot is not null && process.Boot != _own.Boot) || _own.LivenessOf(process) == Liveness.Dead;
}
