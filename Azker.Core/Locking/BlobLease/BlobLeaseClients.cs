using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Azker.Core.Locking.BlobLease;

/// <summary>Creates the client of the blob service.</summary>
internal static class BlobLeaseClients
{
    /// <param name="storage">The storage account.</param>
    /// <param name="attemptTimeout">The longest time of a call.</param>
    /// <param name="transport">Another way to the service than that of the settings.</param>
    public static BlobServiceClient Create(StorageOptions storage, TimeSpan attemptTimeout, HttpPipelineTransport? transport = null)
    {
        BlobClientOptions options = new BlobClientOptions().WithoutRetries(attemptTimeout, transport ?? storage.Transport);
        return storage.ConnectionString is { } connection
            ? new BlobServiceClient(connection, options)
            : new BlobServiceClient(storage.BlobServiceUri, storage.Identity, options);
    }
}
