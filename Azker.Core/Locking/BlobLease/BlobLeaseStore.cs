using Azker.Core.Infrastructure;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Azker.Core.Locking.BlobLease;

/// <summary>
/// Calls the storage service, each call once and within a time limit. A fault is part of the result; only the caller's
/// cancellation is thrown.
/// </summary>
internal sealed class BlobLeaseStore(BlobContainerClient container, string name, TimeSpan leaseDuration, TimeSpan attemptTimeout, BlobLeaseClock clock)
{
    private readonly BlobClient _blob = container.GetBlobClient(name);

    public string Location => $"blob {name} in container {container.Name} of {container.AccountName}";

    /// <param name="known">The last snapshot; its record is not read again while the blob has not changed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<BlobLeaseSnapshot> ReadAsync(BlobLeaseSnapshot? known, CancellationToken cancellationToken)
    {
        BlobLeaseSnapshot? snapshot = null;
        BlobLeaseReply reply = await CallAsync(
            async token =>
            {
                if (known is { IsReleasing: true })
                {
                    // The record is changing, so it is read in one call instead of two.
                    snapshot = await DownloadAsync(token);
                    return snapshot.ETag;
                }

                BlobProperties seen = await _blob.GetPropertiesAsync(cancellationToken: token);
                snapshot = seen.ETag == known?.ETag
                    ? known with { Fault = null, Lease = seen.LeaseState }
                    : seen.ContentLength > BlobLeaseRecord.MaxLength
                        ? new BlobLeaseSnapshot(null, seen.ETag, seen.LeaseState, null)
                        : await DownloadAsync(token);
                return seen.ETag;
            },
            attemptTimeout,
            cancellationToken);
        return reply.Fault is { } fault ? new BlobLeaseSnapshot(fault) : snapshot!;
    }

    /// <summary>Creates the blob, without a record, unless it exists by now.</summary>
    public Task<BlobLeaseReply> CreateAsync(CancellationToken cancellationToken) => WriteAsync(
        [], new BlobRequestConditions { IfNoneMatch = ETag.All }, attemptTimeout, cancellationToken);

    public Task<BlobLeaseReply> CreateContainerAsync(CancellationToken cancellationToken) => CallAsync(
        async token => (await container.CreateIfNotExistsAsync(cancellationToken: token))?.Value.ETag ?? default, attemptTimeout, cancellationToken);

    /// <summary>Acquires the lease. Repeating it with the same id is safe: the service renews the lease.</summary>
    public Task<BlobLeaseReply> AcquireAsync(string leaseId, ETag? unchanged, CancellationToken cancellationToken) => CallAsync(
        async token => (await Lease(leaseId).AcquireAsync(leaseDuration, new RequestConditions { IfMatch = unchanged }, token)).Value.ETag,
        attemptTimeout,
        cancellationToken);

    public Task<BlobLeaseReply> ChangeAsync(string leaseId, string newLeaseId, TimeSpan limit, CancellationToken cancellationToken) => CallAsync(
        async token => (await Lease(leaseId).ChangeAsync(newLeaseId, cancellationToken: token)).Value.ETag, limit, cancellationToken);

    public Task<BlobLeaseReply> RenewAsync(string leaseId, TimeSpan limit, CancellationToken cancellationToken) => CallAsync(
        async token => (await Lease(leaseId).RenewAsync(cancellationToken: token)).Value.ETag, limit, cancellationToken);

    public Task<BlobLeaseReply> ReleaseAsync(string leaseId, TimeSpan limit, CancellationToken cancellationToken) => CallAsync(
        async token => (await Lease(leaseId).ReleaseAsync(cancellationToken: token)).Value.ETag, limit, cancellationToken);

    /// <summary>Breaks the lease of the holder, whatever instance that is: it cannot be renewed, and ends at the end of its duration.</summary>
    public Task<BlobLeaseReply> BreakAsync(CancellationToken cancellationToken) => CallAsync(
        async token => (await _blob.GetBlobLeaseClient().BreakAsync(leaseDuration, cancellationToken: token)).Value.ETag, attemptTimeout, cancellationToken);

    /// <summary>Writes the record, if this instance has the lease and the blob is unchanged.</summary>
    public Task<BlobLeaseReply> WriteAsync(
        BlobLeaseRecord record, string leaseId, ETag unchanged, TimeSpan limit, CancellationToken cancellationToken) =>
        WriteAsync(record.ToJson(), new BlobRequestConditions { LeaseId = leaseId, IfMatch = unchanged }, limit, cancellationToken);

    private Task<BlobLeaseReply> WriteAsync(
        byte[] content, BlobRequestConditions conditions, TimeSpan limit, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            var options = new BlobUploadOptions { Conditions = conditions, HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
            return (await _blob.UploadAsync(new BinaryData(content), options, token)).Value.ETag;
        },
        limit,
        cancellationToken);

    private async Task<BlobLeaseSnapshot> DownloadAsync(CancellationToken cancellationToken)
    {
        BlobDownloadResult found = await _blob.DownloadContentAsync(cancellationToken);
        return new BlobLeaseSnapshot(null, found.Details.ETag, found.Details.LeaseState, BlobLeaseRecord.Parse(found.Content));
    }

    private BlobLeaseClient Lease(string leaseId) => _blob.GetBlobLeaseClient(leaseId);

    private async Task<BlobLeaseReply> CallAsync(Func<CancellationToken, Task<ETag>> call, TimeSpan limit, CancellationToken cancellationToken)
    {
        BlobLeaseInstant sentAt = clock.Now();
        StorageAnswer<ETag> answer = await StorageCall.RunAsync(
            call, limit < attemptTimeout ? limit : attemptTimeout, clock.TimeProvider, cancellationToken);
        return new BlobLeaseReply(sentAt, answer.Fault is { } fault ? BlobLeaseFault.Of(fault) : null, answer.Value);
    }
}
