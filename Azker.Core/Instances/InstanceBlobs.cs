using System.Runtime.CompilerServices;
using Azker.Core.Configuration;
using Azure.Storage.Blobs;

namespace Azker.Core.Instances;

/// <summary>Keeps each record as a blob <c>instances/{bot id}/{instance}.json</c> in <c>LOCK_CONTAINER</c>.</summary>
internal sealed class InstanceBlobs(BlobServiceClient service, AzkerOptions options, TimeProvider timeProvider) : IInstanceRecordStore
{
    private readonly RecordBlobs<InstanceRecord> _blobs = new(service, options, timeProvider, "instances", InstanceJsonContext.Default.InstanceRecord);

    /// <summary>For the price of 6,000 writes a day and instance.</summary>
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(15);

    public Task WriteAsync(InstanceRecord record, CancellationToken cancellationToken) => _blobs.WriteAsync(record.Instance, record, cancellationToken);

    public async IAsyncEnumerable<InstanceRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string name in await _blobs.ListNamesAsync(cancellationToken))
        {
            if (await _blobs.FindAsync(name, cancellationToken) is { } record)
            {
                yield return record;
            }
        }
    }

    public Task RemoveAsync(string instance, CancellationToken cancellationToken) => _blobs.RemoveAsync(instance, cancellationToken);
}
