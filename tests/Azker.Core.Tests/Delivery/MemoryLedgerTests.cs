using Azker.Core.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery;

public class MemoryLedgerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryLedger _ledger;

    public MemoryLedgerTests() => _ledger = new MemoryLedger(_time, capacity: 3);

    [Fact]
    public async Task A_claimed_update_is_busy_until_it_is_released()
    {
        Assert.Equal(new UpdateClaim(ClaimOutcome.Claimed, 1), await Claim(1));
        Assert.Equal(new UpdateClaim(ClaimOutcome.Busy), await Claim(1));

        await Release(1, hasFailed: false);

        Assert.Equal(new UpdateClaim(ClaimOutcome.Claimed, 1), await Claim(1));
    }

    [Fact]
    public async Task A_settled_update_is_a_duplicate()
    {
        await Claim(1);
        await Settle(1);

        Assert.Equal(new UpdateClaim(ClaimOutcome.Duplicate), await Claim(1));
        Assert.Equal(new UpdateClaim(ClaimOutcome.Claimed, 1), await Claim(2));
    }

    [Fact]
    public async Task Failures_are_counted()
    {
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(new UpdateClaim(ClaimOutcome.Claimed, attempt), await Claim(1));
            await Release(1, hasFailed: true);
        }
    }

    [Fact]
    public async Task Beyond_its_capacity_it_forgets_the_oldest_and_never_what_is_at_work()
    {
        await Claim(1);
        for (int id = 2; id <= 6; id++)
        {
            await Claim(id);
            await Settle(id);
        }

        Assert.Equal(ClaimOutcome.Busy, (await Claim(1)).Outcome);
        Assert.Equal(ClaimOutcome.Duplicate, (await Claim(4)).Outcome);
        Assert.Equal(ClaimOutcome.Claimed, (await Claim(3)).Outcome);
    }

    [Fact]
    public async Task After_a_day_it_forgets()
    {
        await Claim(1);
        await Settle(1);

        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(ClaimOutcome.Duplicate, (await Claim(1)).Outcome);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ClaimOutcome.Claimed, (await Claim(1)).Outcome);
    }

    private ValueTask<UpdateClaim> Claim(int id) => _ledger.ClaimAsync(id, TestContext.Current.CancellationToken);

    private ValueTask Settle(int id) => _ledger.SettleAsync(id, TestContext.Current.CancellationToken);

    private ValueTask Release(int id, bool hasFailed) => _ledger.ReleaseAsync(id, hasFailed, TestContext.Current.CancellationToken);
}
