using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Azker.Simulation.Storage;

/// <summary>Makes clients as Core does, but without time limits, which the SDK would measure in real time.</summary>
internal static class StorageClients
{
    private static readonly Uri Blobs = new("http://127.0.0.1/a");
    private static readonly Uri Tables = new("https://127.0.0.1/a?sig=x");

    public static BlobServiceClient Create(StorageHandler handler) => new(Blobs, Prepare(new BlobClientOptions(), handler));

    public static TableClient Create(TableHandler handler) =>
        new TableServiceClient(Tables, Prepare(new TableClientOptions(), handler)).GetTableClient("AzkerUpdates123456");

    private static T Prepare<T>(T options, HttpMessageHandler handler)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Transport = new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
        return options;
    }
}
