using Azker.Azurite;
using Azker.Core.Tests.Locking.BlobLease;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>The Azurite of all tests, started by the first test that needs it. Each test has its own blob there.</summary>
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
