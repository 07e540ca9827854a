using Azure;

namespace Azker.Core.Locking.BlobLease;

/// <summary>Writes our record into the blob, under our lease and over nothing but what we know.</summary>
internal sealed class BlobLeaseRecordWriter(BlobLeaseStore store, string leaseId, ETag etag, BlobLeaseRecord record, BlobLeaseClock clock)
{
    private ETag _etag = etag;

    /// <summary>What was written last, or is to be written first.</summary>
    public BlobLeaseRecord Record { get; private set; } = record;

    /// <param name="state">The state to tell.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="attempts">How often to try.</param>
    /// <param name="remaining">Gives the time that is left.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it was not written; <see langword="null"/> when it was.</returns>
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
    /// Looks who wrote. It was us when the answer to an earlier try was lost. Otherwise it was the last act of a holder
    /// whose lease we have now, and the epoch has to be above the one that it wrote.
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
