using Azker.Core.Configuration;
using Azker.Core.Locking.BlobLease;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Azker.Core.Delivery.Blobs;

/// <summary>
/// The client of the blobs that hold whole updates. The client of the lock has a time limit that a large blob over a slow line
/// exceeds, and the lock must not wait for that long.
/// </summary>
internal static class DataBlobs
{
    /// <summary>The key of the client among the services.</summary>
    public const string ServiceKey = "data-blobs";

    /// <summary>The longest time of a call that sends or reads a whole update: 1 MiB at 35 KiB a second.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <param name="storage">The storage account.</param>
    /// <param name="transport">Another way to the service than that of the settings.</param>
    public static BlobServiceClient Create(StorageOptions storage, HttpPipelineTransport? transport = null) =>
        BlobLeaseClients.Create(storage, CallTimeout, transport);
}
