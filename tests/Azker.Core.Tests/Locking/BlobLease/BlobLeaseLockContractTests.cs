using Azker.Core.Locking;

namespace Azker.Core.Tests.Locking.BlobLease;

public sealed class BlobLeaseLockContractTests(AzuriteFixture azurite) : InstanceLockContract, IAsyncLifetime
{
    private AzuriteBlob _blob = null!;

    public async ValueTask InitializeAsync()
    {
        _blob = new AzuriteBlob(await azurite.Server);
        await _blob.LeaveReleasedAsync(Token);
    }

    public ValueTask DisposeAsync()
    {
        _blob.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override IInstanceLock CreateInstance(long botId = 1) => _blob.CreateLock(botId);
}
