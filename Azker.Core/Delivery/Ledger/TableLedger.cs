using Azker.Core.Infrastructure;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// A ledger in a table, for instances on several machines. An ordinary update costs two calls: an insert is the claim, and a
/// merge under the row's ETag, which identifies the claim, settles it.
/// </summary>
/// <remarks>
/// The age of a claim is the age of its row by the clock of the service, which also dates the answers. So the clocks of the
/// machines do not matter.
/// </remarks>
internal sealed class TableLedger : IUpdateLedger
{
    /// <summary>The longest time of a call.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2.5);

    private const int None = -1;

    private readonly TableClient _table;
    private readonly TableCalls _calls;
    private readonly TableExpiry _expiry;
    private readonly TimeProvider _timeProvider;
    private readonly LocalClaims _localClaims;
    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>The update for which this process asked last, replays aside.</summary>
    private volatile int _newest = None;

    public TableLedger(TableClient table, TimeProvider timeProvider)
    {
        (_table, _timeProvider) = (table, timeProvider);
        _localClaims = new LocalClaims(timeProvider);
        _calls = new TableCalls(table, AttemptTimeout, timeProvider);
        _expiry = new TableExpiry(table, _calls, timeProvider);
    }

    /// <summary>How many claims of this process are kept in memory.</summary>
    internal int ClaimsInMemory => _localClaims.Count;

    public async ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken)
    {
        LocalClaim own = _localClaims.Begin(updateId);
        if (own == LocalClaim.Pending)
        {
            return new UpdateClaim(ClaimOutcome.Busy);
        }

        try
        {
            UpdateClaim? claim = own == LocalClaim.None ? await InsertAsync(updateId, epoch, cancellationToken) : null;
            claim ??= await TakeAsync(updateId, epoch, own, cancellationToken);
            // The other party: an expiry that removed the row between the two calls.
            claim ??= await InsertAsync(updateId, epoch, cancellationToken) ?? new UpdateClaim(ClaimOutcome.Busy);
            _localClaims.Complete(updateId, own, claim.Value);
            _newest = updateId >= 0 ? updateId : _newest;
            return claim.Value;
        }
        catch
        {
            _localClaims.MarkUnsure(updateId, own);
            throw;
        }
    }

    public async ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken)
    {
        UpdateClaim? renewed = await WriteAsync(claim, TableLedgerRow.Claimed, claim.Attempt - 1, cancellationToken);
        if (renewed is { } after)
        {
            _localClaims.Renew(claim, after);
        }

        return renewed;
    }

    public async ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            bool isSettled = await WriteAsync(claim, TableLedgerRow.Done, claim.Attempt - 1, cancellationToken) is not null
                || await FindAsync(claim.UpdateId, cancellationToken) is { Row.State: TableLedgerRow.Done };
            _localClaims.End(claim);
            return isSettled;
        }
        catch
        {
            _localClaims.EndLater(claim);
            throw;
        }
    }

    public async ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken)
    {
        int failures = claim.Attempt - (hasFailed ? 0 : 1);
        try
        {
            return await WriteAsync(claim, TableLedgerRow.Free, failures, cancellationToken) is not null
                || (await FindAsync(claim.UpdateId, cancellationToken) is { Row: { State: TableLedgerRow.Free } row }
                    && row.Owner == _owner && row.Failures == failures);
        }
        finally
        {
            // Whether the release succeeds or not, the update is no longer in progress here.
            _localClaims.End(claim);
        }
    }

    /// <remarks>It creates the table, so that the first update need not.</remarks>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        _calls.RunAsync(token => _table.CreateIfNotExistsAsync(token), cancellationToken);

    public Task ExpireAsync(CancellationToken cancellationToken) => _expiry.RunAsync(_newest is var newest and not None ? newest : null, cancellationToken);

    /// <returns>The claim; <see langword="null"/> when the row exists.</returns>
    private async Task<UpdateClaim?> InsertAsync(int updateId, long? epoch, CancellationToken cancellationToken)
    {
        var row = TableLedgerRow.Of(updateId);
        (row.State, row.Owner, row.Epoch, row.FirstSeenAt) = (TableLedgerRow.Claimed, _owner, epoch, _timeProvider.GetUtcNow());
        StorageAnswer<Response> answer = await AddAsync(row, cancellationToken, TableErrorCode.EntityAlreadyExists, TableErrorCode.TableNotFound);
        if (TableCalls.Is(answer.Fault, TableErrorCode.TableNotFound))
        {
            await _calls.RunAsync(token => _table.CreateIfNotExistsAsync(token), cancellationToken);
            answer = await AddAsync(row, cancellationToken, TableErrorCode.EntityAlreadyExists);
        }

        return answer.Fault is null ? Claimed(updateId, row, answer.Value) : null;
    }

    private Task<StorageAnswer<Response>> AddAsync(TableLedgerRow row, CancellationToken cancellationToken, params TableErrorCode[] expected) =>
        _calls.RunAsync(token => _table.AddEntityAsync(row, token), cancellationToken, expected);

    /// <summary>Claims an update that was claimed before.</summary>
    /// <returns>The result; <see langword="null"/> when there is no row.</returns>
    private async Task<UpdateClaim?> TakeAsync(int updateId, long? epoch, LocalClaim own, CancellationToken cancellationToken)
    {
        if (await FindAsync(updateId, cancellationToken) is not var (row, age))
        {
            return null;
        }

        if (row.State == TableLedgerRow.Done)
        {
            return new UpdateClaim(ClaimOutcome.Duplicate);
        }

        bool isLeft = row.Owner == _owner && own != LocalClaim.Held;
        if (row.State == TableLedgerRow.Claimed && !isLeft && age < IUpdateLedger.ClaimDuration && !(row.Epoch < epoch))
        {
            return new UpdateClaim(ClaimOutcome.Busy);
        }

        // A claim that this process had without knowing it was no attempt.
        row.Failures += row.State == TableLedgerRow.Claimed && !(isLeft && own == LocalClaim.Unsure) ? 1 : 0;
        (row.State, row.Owner, row.Epoch) = (TableLedgerRow.Claimed, _owner, epoch);
        StorageAnswer<Response> answer = await _calls.RunAsync(
            token => _table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, token),
            cancellationToken,
            TableErrorCode.UpdateConditionNotSatisfied,
            TableErrorCode.ResourceNotFound);
        return answer.Fault switch
        {
            null => Claimed(updateId, row, answer.Value),
            { } fault when TableCalls.Is(fault, TableErrorCode.ResourceNotFound) => null,

            // The other party: a faster claimant.
            _ => new UpdateClaim(ClaimOutcome.Busy),
        };
    }

    /// <summary>Writes the row of a claim, also when the answer to an earlier write of this claim was lost.</summary>
    /// <returns>The claim after the write; <see langword="null"/> when the row is no longer under this claim.</returns>
    private async Task<UpdateClaim?> WriteAsync(UpdateClaim claim, string state, int failures, CancellationToken cancellationToken)
    {
        UpdateClaim? written = await MergeAsync(claim, state, failures, cancellationToken);
        if (written is not null || !_localClaims.IsHeldBy(claim))
        {
            return written;
        }

        // Only a lost renewal of this claim can have left a claimed row of this owner.
        return await FindAsync(claim.UpdateId, cancellationToken) is { Row: { State: TableLedgerRow.Claimed } row } && row.Owner == _owner
            ? await MergeAsync(claim with { Token = row.ETag.ToString("H") }, state, failures, cancellationToken)
            : null;
    }

    /// <returns>The claim after the write; <see langword="null"/> when the row was changed since the claim.</returns>
    private async Task<UpdateClaim?> MergeAsync(UpdateClaim claim, string state, int failures, CancellationToken cancellationToken)
    {
        TableEntity columns = TableLedgerRow.ColumnsOf(claim, _owner, state, failures);
        StorageAnswer<Response> answer = await _calls.RunAsync(
            token => _table.UpdateEntityAsync(columns, new ETag(claim.Token!), TableUpdateMode.Merge, token),
            cancellationToken,
            TableErrorCode.UpdateConditionNotSatisfied,
            TableErrorCode.ResourceNotFound);
        return answer.Fault is null ? claim with { Token = answer.Value.Headers.ETag!.Value.ToString("H") } : null;
    }

    private async Task<(TableLedgerRow Row, TimeSpan Age)?> FindAsync(int updateId, CancellationToken cancellationToken)
    {
        var key = TableLedgerRow.Of(updateId);
        NullableResponse<TableLedgerRow> found = (await _calls.RunAsync(
            token => _table.GetEntityIfExistsAsync<TableLedgerRow>(key.PartitionKey, key.RowKey, cancellationToken: token), cancellationToken)).Value;
        return found is { HasValue: true, Value: { } row } ? (row, found.GetRawResponse().Headers.Date - row.Timestamp ?? TimeSpan.Zero) : null;
    }

    private static UpdateClaim Claimed(int updateId, TableLedgerRow row, Response written) => new(ClaimOutcome.Claimed, row.Failures + 1)
    {
        UpdateId = updateId,
        Token = written.Headers.ETag!.Value.ToString("H"),
        FirstSeenAt = row.FirstSeenAt,
    };
}
