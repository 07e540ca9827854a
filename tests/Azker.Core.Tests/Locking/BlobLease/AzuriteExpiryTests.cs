using Azker.Core.Infrastructure;
using Azker.Core.Locking.BlobLease;
using Azure;
using Azure.Storage.Blobs.Specialized;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>The end of a lease, tested against Azurite.</summary>
public sealed class AzuriteExpiryTests(AzuriteFixture azurite)
{
    private const int Blobs = 40;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_renewal_and_an_acquisition_at_the_very_end_of_a_lease_never_both_succeed()
    {
        int[] successes = await Task.WhenAll(Enumerable.Range(0, Blobs).Select(RaceAsync));

        Assert.All(successes, count => Assert.InRange(count, 0, 1));
        Assert.Contains(1, successes);
    }

    private async Task<int> RaceAsync(int number)
    {
        using var blob = new AzuriteBlob(await azurite.Server);
        await blob.LeaveReleasedAsync(Token);
        BlobLeaseClient holder = blob.Client.GetBlobLeaseClient(Guid.NewGuid().ToString("D"));
        BlobLeaseClient other = blob.Client.GetBlobLeaseClient(Guid.NewGuid().ToString("D"));
        await holder.AcquireAsync(Duration, cancellationToken: Token);
        await Task.Delay(Duration + TimeSpan.FromMilliseconds(number - (Blobs / 2)), TimeProvider.System, Token);

        bool[] results = await Task.WhenAll(
            Succeeds(() => holder.RenewAsync(cancellationToken: Token)),
            Succeeds(() => other.AcquireAsync(Duration, cancellationToken: Token)));
        return results.Count(succeeded => succeeded);
    }

    private static async Task<bool> Succeeds(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (RequestFailedException refusal)
        {
            Assert.Contains(BlobLeaseFault.Of(StorageFault.From(refusal)).Outcome, new[] { BlobLeaseOutcome.Held, BlobLeaseOutcome.Lost });
            return false;
        }
    }
}
