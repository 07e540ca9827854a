using Azker.Azurite;
using Azker.Core.Configuration;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Telemetry;
using Azker.Core.Tests.Shared;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>A blob in Azurite for one test, and locks on it.</summary>
internal sealed class AzuriteBlob(AzuriteServer server) : IDisposable
{
    public const string Container = "locks";

    private readonly TempDirectory _directory = new();

    public string Name { get; } = $"bot-{Guid.NewGuid():N}";

    public string DataDirectory => _directory.FullPath;

    public string ConnectionString => server.ConnectionString;

    public BlobClient Client => new(server.ConnectionString, Container, Name);

    /// <summary>Leaves the blob as an ordinary run does, so that the next holder does not wait.</summary>
    public async Task LeaveReleasedAsync(CancellationToken cancellationToken)
    {
        await new BlobContainerClient(server.ConnectionString, Container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await Client.UploadAsync(new BinaryData(BlobLeaseRecords.Released().ToJson()), cancellationToken);
    }

    public BlobLeaseLock CreateLock(long botId = 1, bool fastTakeover = true, int? port = null)
    {
        AzkerOptions options = TestOptions.Azure(port is { } other ? server.ConnectionStringTo(other) : server.ConnectionString, Container, botId);
        (options.Storage.DataDirectory, options.Lock.Name, options.Lock.FastTakeover) = (DataDirectory, Name, fastTakeover);
        return new BlobLeaseLock(
            options,
            BlobLeaseClients.Create(options.Storage, options.Lock.AttemptTimeout),
            BlobLeaseClock.For(TimeProvider.System),
            Random.Shared,
            new ReceiverMetrics(new BotMeter(options.Bot.Token.BotId)),
            NullLogger<BlobLeaseLock>.Instance);
    }

    public void Dispose() => _directory.Dispose();
}
