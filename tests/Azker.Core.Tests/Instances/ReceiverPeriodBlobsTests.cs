using Azker.Azurite;
using Azker.Core.Instances;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Tests.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Azure.Storage.Blobs;

namespace Azker.Core.Tests.Instances;

public sealed class ReceiverPeriodBlobsTests(AzuriteFixture azurite) : ReceiverPeriodStoreContract, IAsyncLifetime
{
    private readonly string _container = $"periods-{Guid.NewGuid():N}";
    private AzuriteServer _server = null!;

    private protected override IReceiverPeriodStore Store
    {
        get
        {
            Core.Configuration.AzkerOptions options = TestOptions.Azure(_server.ConnectionString, _container);
            return new ReceiverPeriodBlobs(BlobLeaseClients.Create(options.Storage, options.Lock.AttemptTimeout), options, TimeProvider.System);
        }
    }

    /// <summary>The lock makes the container, before an instance can receive.</summary>
    public async ValueTask InitializeAsync()
    {
        _server = await azurite.Server;
        await new BlobContainerClient(_server.ConnectionString, _container).CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
