using Azker.Azurite;
using Azker.Core.Tests.Locking.BlobLease;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>One Azurite for all tests, started by the first that needs it; each test has a blob of its own there.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly Lazy<Task<AzuriteServer>> _server = new(() => AzuriteServer.StartAsync(CancellationToken.None));

    internal Task<AzuriteServer> Server => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
