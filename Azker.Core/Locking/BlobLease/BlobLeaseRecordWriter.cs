using Azure;

namespace Azker.Core.Locking.BlobLease;

/// <summary>Writes the record of this instance into the blob, under its lease and only over the known content.</summary>
internal sealed class BlobLeaseRecordWriter(BlobLeaseStore store, string leaseId, ETag etag, BlobLeaseRecord record, BlobLeaseClock clock)
{
    private ETag _etag = etag;

    /// <summary>The record that was written last, or will be written first.</summary>
    public BlobLeaseRecord Record { get; private set; } = record;

    /// <param name="state">The new state.</param>
    /// <param name="reason">The reason, as text.</param>
    /// <param name="attempts">The number of attempts.</param>
    /// <param name="remaining">Gives the time that remains.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>Why the record was not written; <see langword="null"/> when it was written.</returns>
    public async Task<BlobLeaseFault?> WriteAsync(
        LockState state, string reason, int attempts, Func<TimeSpan> remaining, CancellationToken cancellationToken)
    {
        Record = Record with { State = state, Reason = reason };
        for (int attempt = 1; ; attempt++)
        {
            BlobLeaseReply reply = await store.WriteAsync(Record, leaseId, _etag, remaining(), cancellationToken);
            if (reply.Fault is not { } fault)
            {
                _etag = reply.ETag;
                return null;
            }

            if (fault.Outcome == BlobLeaseOutcome.Changed && await IsOursAsync(cancellationToken))
            {
                return null;
            }

            if (fault.Outcome is BlobLeaseOutcome.Lost or BlobLeaseOutcome.Missing or BlobLeaseOutcome.ContainerMissing || attempt == attempts)
            {
                return fault;
            }

            if (fault.Outcome != BlobLeaseOutcome.Changed)
            {
                await Task.Delay(BlobLeaseSchedule.Retry, clock.TimeProvider, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Reads the writer of the changed blob. It is this instance when the answer to an earlier attempt was lost. Otherwise it
    /// is the former holder, in its last moment, and the epoch has to be higher than the epoch that it wrote.
    /// </summary>
    private async Task<bool> IsOursAsync(CancellationToken cancellationToken)
    {
        BlobLeaseSnapshot snapshot = await store.ReadAsync(null, cancellationToken);
        if (snapshot.Fault is not null)
        {
            return false;
        }

        _etag = snapshot.ETag;
        if (snapshot.Record is { } seen && !seen.IsSameAcquisition(Record))
        {
            Record = Record with { Epoch = LockEpoch.Next(seen.Epoch, Record.Epoch - 1, clock.TimeProvider.GetUtcNow()) };
        }

        return snapshot.Record == Record;
    }
}
