using Azker.BlobService;
using Azker.Core.Locking;
using Azker.Core.Tests.Locking.BlobLease;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Telemetry;

/// <summary>The metric <c>azker.lock.renewals</c>, and the age of a renewal.</summary>
public sealed class RenewalMetricsTests : IDisposable
{
    private readonly VirtualLease _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Renewals_are_counted_by_their_outcome()
    {
        VirtualInstance instance = _world.CreateInstance();
        using var metrics = new MetricRecorder(instance.Meter.Meter);
        IInstanceLockHandle handle = await instance.Acquire();
        Assert.Empty(metrics.Of("azker.lock.renewals"));

        _world.Pass(10);
        Assert.Matches("^azker.renewal.outcome=renewed: [23]$", Assert.Single(metrics.Sums("azker.lock.renewals")));

        instance.Way.FailNext(LeaseCall.Renew, LeaseFault.Error(503));
        _world.Pass(6);
        Assert.Contains("azker.renewal.outcome=failed: 1", metrics.Sums("azker.lock.renewals"));

        instance.Way.FailNext(LeaseCall.Renew, LeaseFault.Error(409, "LeaseIdMismatchWithLeaseOperation"));
        _world.Pass(6);
        Assert.Contains("azker.renewal.outcome=lost: 1", metrics.Sums("azker.lock.renewals"));
        await Eventually.IsTrue(() => handle.Lost.IsCancellationRequested, "the loss is told");
        Assert.True(metrics.AllHaveTheBot);
    }

    [Fact]
    public async Task The_age_of_a_renewal_grows_until_the_next_renewal()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();

        var ages = new List<TimeSpan>();
        for (int second = 0; second < 20; second++)
        {
            _world.Pass(1);
            ages.Add(handle.SinceRenewal!.Value);
        }

        Assert.All(ages, age => Assert.InRange(age, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        Assert.Contains(ages, age => age > TimeSpan.FromSeconds(2));
        Assert.InRange(ages.Zip(ages.Skip(1)).Count(pair => pair.Second < pair.First), 3, 6);
    }
}
