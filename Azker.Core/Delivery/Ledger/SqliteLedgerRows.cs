using System.Globalization;
using Azker.Core.Delivery.Storage;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// Reads and writes the table <c>updates</c> in the transaction of its caller. Its column <c>claim</c> identifies the last
/// claim, and so the process that made it; <c>at</c> says when the update was claimed, renewed, settled or released.
/// </summary>
/// <remarks>
/// Times are milliseconds of the clock that runs from the start of the system. All processes share it, and no user sets it.
/// Times of an earlier start of the system look later than they were, so updates are remembered longer for them, never shorter.
/// </remarks>
internal sealed class SqliteLedgerRows
{
    private const int Free = 0;
    private const int Claimed = 1;
    private const int Settled = 2;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly TimeProvider _timeProvider;
    private readonly SqliteLedgerProcesses _processes;
    private readonly int _capacity;
    private readonly LocalStatement _insert;
    private readonly LocalStatement _find;
    private readonly LocalStatement _take;
    private readonly LocalStatement _renew;
    private readonly LocalStatement _settle;
    private readonly LocalStatement _release;
    private readonly LocalStatement _count;
    private readonly LocalStatement _remove;
    private readonly LocalStatement _removeOld;
    private readonly LocalStatement _removeOldest;
    private int _inserted;

    public SqliteLedgerRows(LocalConnection connection, ProcessIdentity process, TimeProvider timeProvider, int capacity)
    {
        (_timeProvider, _capacity) = (timeProvider, capacity);
        _insert = connection.Prepare("INSERT OR IGNORE INTO updates(id, state, claim, epoch, at, failures, first_seen_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        _find = connection.Prepare("SELECT state, claim, epoch, at, failures, first_seen_at FROM updates WHERE id = ?1");
        _take = connection.Prepare("UPDATE updates SET state = 1, claim = ?2, epoch = ?3, at = ?4, failures = ?5 WHERE id = ?1");
        _renew = connection.Prepare("UPDATE updates SET at = ?3 WHERE id = ?1 AND claim = ?2 AND state = 1");
        _settle = connection.Prepare("UPDATE updates SET state = 2, at = ?3 WHERE id = ?1 AND claim = ?2 AND state <> 2");
        _release = connection.Prepare("UPDATE updates SET state = 0, at = ?3, failures = failures + ?4 WHERE id = ?1 AND claim = ?2 AND state = 1");
        _count = connection.Prepare("SELECT count(*) FROM updates");
        _remove = connection.Prepare("DELETE FROM updates WHERE id = ?1");
        _removeOld = connection.Prepare("DELETE FROM updates WHERE at < ?1");
        _removeOldest = connection.Prepare(
            "DELETE FROM updates WHERE state <> 1 AND at < (SELECT at FROM updates WHERE state <> 1 ORDER BY at DESC LIMIT 1 OFFSET ?1)");
        _processes = new SqliteLedgerProcesses(connection, process);

        // Times that have yet to come are of an earlier start of the system.
        connection.Prepare("UPDATE updates SET at = ?1 WHERE at > ?1").Set(1, Now).Write();
        RemoveBeyondCapacity();
    }

    private long Now => (long)_timeProvider.GetElapsedTime(0).TotalMilliseconds;

    /// <returns>How many updates were in progress in processes that have ended.</returns>
    public int FreeClaimsOfDeadProcesses() => _processes.FreeClaimsOfDead();

    public UpdateClaim Claim(int updateId, long? epoch)
    {
        long claim = _processes.NextClaim();
        DateTimeOffset seenAt = _timeProvider.GetUtcNow();
        if (Insert(updateId, Claimed, claim, epoch, failures: 0, seenAt))
        {
            return ClaimOf(updateId, claim, failures: 0, seenAt);
        }

        Row row = Find(updateId)!;
        if (AgeOf(row) > Lifetime)
        {
            _remove.Set(1, updateId).Write();
            return Claim(updateId, epoch);
        }

        return row.State switch
        {
            Settled => new UpdateClaim(ClaimOutcome.Duplicate),
            Claimed when !HasEnded(row, epoch) => new UpdateClaim(ClaimOutcome.Busy),
            _ => Take(updateId, row, claim, epoch),
        };
    }

    public UpdateClaim? Renew(UpdateClaim claim) =>
        _renew.Set(1, claim.UpdateId).Set(2, NumberOf(claim)).Set(3, Now).Write() > 0
        || Restore(claim, Claimed, claim.Attempt - 1)
            ? claim
            : null;

    public bool Settle(UpdateClaim claim) =>
        _settle.Set(1, claim.UpdateId).Set(2, NumberOf(claim)).Set(3, Now).Write() > 0
        || Restore(claim, Settled, claim.Attempt - 1)
        || Find(claim.UpdateId)!.State == Settled;

    public bool Release(UpdateClaim claim, bool hasFailed)
    {
        int failed = hasFailed ? 1 : 0;
        return _release.Set(1, claim.UpdateId).Set(2, NumberOf(claim)).Set(3, Now).Set(4, failed).Write() > 0
            || Restore(claim, Free, claim.Attempt - 1 + failed)
            || (Find(claim.UpdateId) is { State: Free } row && row.Claim == NumberOf(claim));
    }

    /// <summary>Adds updates that were settled elsewhere.</summary>
    /// <returns>The number of new updates.</returns>
    public int AddSettled(IEnumerable<int> updateIds) =>
        updateIds.Count(id => Insert(id, Settled, claim: 0, epoch: null, failures: 0, seenAt: null));

    /// <returns>The number of updates that were removed.</returns>
    public int RemoveOld() => _removeOld.Set(1, Now - (long)Lifetime.TotalMilliseconds).Write();

    /// <summary>Adds a claimed update that is not here, because the file was replaced after the claim. So no other claimant has it.</summary>
    private bool Restore(UpdateClaim claim, int state, int failures) =>
        Insert(claim.UpdateId, state, NumberOf(claim), epoch: null, failures, claim.FirstSeenAt);

    private UpdateClaim Take(int updateId, Row row, long claim, long? epoch)
    {
        int failures = row.Failures + (row.State == Claimed ? 1 : 0);
        _take.Set(1, updateId).Set(2, claim).Set(3, epoch).Set(4, Now).Set(5, failures).Write();
        return ClaimOf(updateId, claim, failures, row.FirstSeenAt);
    }

    private Row? Find(int updateId) => _find.Set(1, updateId).ReadFirst(Row.Read);

    private bool Insert(int updateId, int state, long claim, long? epoch, int failures, DateTimeOffset? seenAt)
    {
        _insert.Set(1, updateId).Set(2, state).Set(3, claim).Set(4, epoch).Set(5, Now).Set(6, failures).Set(7, seenAt?.ToUnixTimeMilliseconds());
        if (_insert.Write() == 0)
        {
            return false;
        }

        // The count takes long, so it is made once for many updates.
        if (++_inserted > _capacity / 10)
        {
            RemoveBeyondCapacity();
        }

        return true;
    }

    private void RemoveBeyondCapacity()
    {
        _inserted = 0;
        if (_count.ReadNumber() > _capacity - (_capacity / 10))
        {
            _removeOldest.Set(1, _capacity - (_capacity / 5)).Write();
        }
    }

    private bool HasEnded(Row row, long? epoch) =>
        row.Epoch < epoch || AgeOf(row) >= IUpdateLedger.ClaimDuration || _processes.IsDead(row.Claim);

    private TimeSpan AgeOf(Row row) => TimeSpan.FromMilliseconds(Now - row.At);

    private static UpdateClaim ClaimOf(int updateId, long claim, int failures, DateTimeOffset? seenAt) => new(ClaimOutcome.Claimed, failures + 1)
    {
        UpdateId = updateId,
        Token = claim.ToString(CultureInfo.InvariantCulture),
        FirstSeenAt = seenAt,
    };

    private static long NumberOf(UpdateClaim claim) => long.Parse(claim.Token!, CultureInfo.InvariantCulture);

    private sealed record Row(int State, long Claim, long? Epoch, long At, int Failures, DateTimeOffset? FirstSeenAt)
    {
        public static Row Read(LocalStatement row) => new(
            (int)row.Number(0),
            row.Number(1),
            row.NumberOrNull(2),
            row.Number(3),
            (int)row.Number(4),
            row.NumberOrNull(5) is { } seenAt ? DateTimeOffset.FromUnixTimeMilliseconds(seenAt) : null);
    }
}
