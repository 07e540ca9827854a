using Azure.Storage.Blobs;

namespace Azker.Azurite;

/// <summary>Creates a receiver lock that was held and released before.</summary>
/// <remarks>An instance that has to create the lock itself waits one lease duration (15 s by default) before it starts.</remarks>
public static class ReleasedLock
{
    private const string Record = """
        {"schema":1,"epoch":1,"instance":"none","host":"none","pid":1,"start":"2026-01-01T00:00:00Z","version":"0.1.0",
         "bot":1,"mode":"test","state":"released","since":"2026-01-01T00:00:00Z","reason":"held before"}
        """;

    /// <param name="server">The storage.</param>
    /// <param name="container">The container, which this method creates if it does not exist.</param>
    /// <param name="name">The blob that is the lock.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public static async Task CreateAsync(AzuriteServer server, string container, string name, CancellationToken cancellationToken)
    {
        var client = new BlobContainerClient(server.ConnectionString, container);
        await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await client.GetBlobClient(name).UploadAsync(new BinaryData(Record), overwrite: true, cancellationToken);
    }
}
