using Azker.Core.Configuration;
using Azure.Storage.Blobs;

namespace Azker.Core.Instances;

/// <summary>Keeps each period as a blob <c>periods/{bot id}/{name}.json</c> in <c>LOCK_CONTAINER</c>.</summary>
internal sealed class ReceiverPeriodBlobs(BlobServiceClient service, AzkerOptions options, TimeProvider timeProvider) : IReceiverPeriodStore
{
    private readonly RecordBlobs<ReceiverPeriod> _blobs = new(service, options, timeProvider, "periods", ReceiverPeriodJsonContext.Default.ReceiverPeriod);

    public Task WriteAsync(ReceiverPeriod period, CancellationToken cancellationToken) => _blobs.WriteAsync(period.Name, period, cancellationToken);

    public Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken) => _blobs.ListNamesAsync(cancellationToken);

    public Task<ReceiverPeriod?> FindAsync(string name, CancellationToken cancellationToken) => _blobs.FindAsync(name, cancellationToken);

    public Task RemoveAsync(string name, CancellationToken cancellationToken) => _blobs.RemoveAsync(name, cancellationToken);
}
