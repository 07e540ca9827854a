using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Azker.Simulation.Storage;

/// <summary>Makes clients as Core does, but for the time that a call may last: the SDK would measure it in real time.</summary>
internal static class StorageClients
{
    private static readonly Uri Account = new("http://127.0.0.1/a");

    public static BlobServiceClient Create(StorageHandler handler)
    {
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        return new BlobServiceClient(Account, new BlobClientOptions
        {
            Retry = { MaxRetries = 0, NetworkTimeout = Timeout.InfiniteTimeSpan },
            Diagnostics = { IsLoggingEnabled = false, IsDistributedTracingEnabled = false },
            Transport = new HttpClientTransport(client),
        });
    }
}
