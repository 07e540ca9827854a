using Azker.Core.Delivery.Ledger;

namespace Azker.Core.Tests.Delivery.Ledger;

/// <summary>The contract of every <see cref="IUpdateLedger"/>.</summary>
public abstract class UpdateLedgerContract : IAsyncLifetime
{
    private const int Racers = 16;

    private IUpdateLedger _ledger = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Whether the ledger outlives the process.</summary>
    protected abstract bool Survives { get; }

    /// <summary>Lets time pass on the clock by which the ledger measures.</summary>
    protected abstract void Pass(TimeSpan time);

    /// <summary>Sets the machine's wall clock and no other clock.</summary>
    protected abstract void SetClock(TimeSpan ahead);

    /// <summary>Opens the ledger of the next process, after the previous process ended without closing its ledger.</summary>
    private protected abstract Task<IUpdateLedger> OpenAsync();

    public virtual async ValueTask InitializeAsync() => _ledger = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_claimed_update_is_busy_until_it_is_released()
    {
        UpdateClaim claim = await Claim(1);
        await IsBusy(1);

        Assert.True(await Release(claim, hasFailed: false));

        Assert.Equal(1, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task A_settled_update_is_a_duplicate_and_no_other_is()
    {
        Assert.True(await Settle(await Claim(1)));

        await IsDuplicate(1);
        await Claim(2);
    }

    [Fact]
    public async Task Failures_are_counted_and_a_release_without_one_is_not()
    {
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            UpdateClaim claim = await Claim(1);
            Assert.Equal(attempt, claim.Attempt);
            Assert.True(await Release(claim, hasFailed: true));
        }

        await Release(await Claim(1), hasFailed: false);
        Assert.Equal(4, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task Settling_and_releasing_can_be_repeated()
    {
        UpdateClaim settled = await Claim(1);
        Assert.True(await Settle(settled));
        Assert.True(await Settle(settled));

        UpdateClaim released = await Claim(2);
        Assert.True(await Release(released, hasFailed: true));
        Assert.True(await Release(released, hasFailed: true));
        Assert.Equal(2, (await Claim(2)).Attempt);
    }

    [Fact]
    public async Task A_claim_that_is_not_settled_expires_after_15_s_and_counts_as_failed()
    {
        await Claim(1);

        Pass(TimeSpan.FromSeconds(13.5));
        await IsBusy(1);
        Pass(TimeSpan.FromSeconds(3));

        Assert.Equal(2, (await Claim(1)).Attempt);
        await IsBusy(1);
    }

    [Fact]
    public async Task A_claimant_whose_claim_expired_cannot_settle_or_release_the_update_of_another()
    {
        UpdateClaim late = await Claim(1);
        Pass(TimeSpan.FromSeconds(17));
        UpdateClaim current = await Claim(1);

        Assert.False(await Settle(late));
        Assert.False(await Release(late, hasFailed: true));

        await IsBusy(1);
        Assert.True(await Release(current, hasFailed: true));
        Assert.Equal(3, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task A_claimant_whose_claim_expired_finds_the_update_settled_by_another()
    {
        UpdateClaim late = await Claim(1);
        Pass(TimeSpan.FromSeconds(17));
        await Settle(await Claim(1));

        Assert.True(await Settle(late));
        Assert.False(await Release(late, hasFailed: true));
        await IsDuplicate(1);
    }

    [Fact]
    public async Task A_claimant_whose_claim_expired_can_settle_an_update_that_no_other_claimant_took()
    {
        UpdateClaim late = await Claim(1);
        Pass(TimeSpan.FromSeconds(600));

        Assert.True(await Settle(late));
        await IsDuplicate(1);
    }

    [Fact]
    public async Task A_renewed_claim_excludes_other_claimants_for_another_15_s()
    {
        UpdateClaim claim = await Claim(1);
        for (int renewal = 0; renewal < 3; renewal++)
        {
            Pass(TimeSpan.FromSeconds(13));
            claim = Assert.NotNull(await Renew(claim));
        }

        Pass(TimeSpan.FromSeconds(13));
        await IsBusy(1);
        Assert.True(await Settle(claim));
        await IsDuplicate(1);
    }

    [Fact]
    public async Task A_renewed_claim_can_be_released_and_has_the_attempts_of_the_claim()
    {
        UpdateClaim claim = Assert.NotNull(await Renew(await Claim(1)));

        Assert.Equal(1, claim.Attempt);
        Assert.True(await Release(claim, hasFailed: true));
        Assert.Equal(2, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task A_renewed_claim_expires_15_s_after_its_renewal()
    {
        UpdateClaim claim = await Claim(1);
        Pass(TimeSpan.FromSeconds(13));
        await Renew(claim);
        Pass(TimeSpan.FromSeconds(17));

        Assert.Equal(2, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task A_claim_that_another_claimant_took_cannot_be_renewed()
    {
        UpdateClaim late = await Claim(1);
        Pass(TimeSpan.FromSeconds(17));
        UpdateClaim current = await Claim(1);

        Assert.Null(await Renew(late));
        Assert.NotNull(await Renew(current));
    }

    [Fact]
    public async Task A_settled_or_released_update_cannot_be_renewed()
    {
        (UpdateClaim settled, UpdateClaim released) = (await Claim(1), await Claim(2));
        await Settle(settled);
        await Release(released, hasFailed: false);

        Assert.Null(await Renew(settled));
        Assert.Null(await Renew(released));
    }

    [Fact]
    public async Task A_claim_from_an_earlier_epoch_is_taken_at_once_and_counts_as_failed()
    {
        UpdateClaim dead = await Claim(1, epoch: 7);
        await IsBusy(1, epoch: 7);
        await IsBusy(1, epoch: 6);
        await IsBusy(1, epoch: null);

        UpdateClaim current = await Claim(1, epoch: 8);

        Assert.Equal(2, current.Attempt);
        Assert.False(await Settle(dead));
        Assert.True(await Settle(current));
    }

    [Fact]
    public async Task A_claim_without_an_epoch_is_not_taken_before_its_time()
    {
        await Claim(1, epoch: null);

        await IsBusy(1, epoch: 8);
    }

    [Fact]
    public async Task Of_sixteen_claimants_that_race_for_a_new_update_one_gets_it()
    {
        for (int id = 1; id <= 20; id++)
        {
            IsWonByOne(await Race(id));
        }
    }

    [Fact]
    public async Task Of_sixteen_claimants_that_race_for_a_failed_update_one_gets_it()
    {
        await Release(await Claim(1), hasFailed: true);

        IsWonByOne(await Race(1));
    }

    [Fact]
    public async Task Of_sixteen_claimants_that_race_for_an_expired_claim_one_gets_it()
    {
        await Claim(1);
        Pass(TimeSpan.FromSeconds(17));

        IsWonByOne(await Race(1));
    }

    [Fact]
    public async Task Of_sixteen_claimants_that_race_for_a_settled_update_none_gets_it()
    {
        await Settle(await Claim(1));

        ClaimOutcome[] outcomes = await Race(1);

        Assert.Contains(ClaimOutcome.Duplicate, outcomes);
        // While a call of the process is claiming, its other calls do not ask the ledger.
        Assert.All(outcomes, outcome => Assert.True(outcome is ClaimOutcome.Duplicate or ClaimOutcome.Busy));
    }

    [Fact]
    public async Task After_a_crash_between_claim_and_settling_the_update_can_be_claimed_when_the_claim_has_expired()
    {
        await Claim(1);

        _ledger = await OpenAsync();
        Pass(TimeSpan.FromSeconds(17));

        Assert.Equal(Survives ? 2 : 1, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task After_a_crash_settled_updates_stay_settled_and_failures_stay_counted()
    {
        await Settle(await Claim(1));
        await Release(await Claim(2), hasFailed: true);
        await Release(await Claim(2), hasFailed: true);

        _ledger = await OpenAsync();

        Assert.Equal(Survives ? ClaimOutcome.Duplicate : ClaimOutcome.Claimed, (await _ledger.ClaimAsync(1, null, Token)).Outcome);
        Assert.Equal(Survives ? 3 : 1, (await Claim(2)).Attempt);
    }

    [Fact]
    public async Task The_time_of_the_first_arrival_is_known_at_a_later_attempt()
    {
        UpdateClaim first = await Claim(1);
        await Release(first, hasFailed: true);
        SetClock(TimeSpan.FromMinutes(5));

        Assert.NotNull(first.FirstSeenAt);
        Assert.Equal(first.FirstSeenAt, (await Claim(1)).FirstSeenAt);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    [InlineData(20_000)]
    [InlineData(-20_000)]
    public async Task A_wall_clock_that_jumps_changes_nothing(int days)
    {
        await Claim(1);
        await Settle(await Claim(2));

        SetClock(TimeSpan.FromDays(days));
        await IsBusy(1);
        await IsDuplicate(2);
        await Settle(await Claim(3));
        SetClock(TimeSpan.Zero);

        await IsBusy(1);
        await IsDuplicate(2);
        await IsDuplicate(3);
        Pass(TimeSpan.FromSeconds(17));
        Assert.Equal(2, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task Ids_that_jump_down_are_as_new_as_any()
    {
        await Settle(await Claim(1_900_000_000));
        await Settle(await Claim(1_900_000_001));

        await Settle(await Claim(5));
        await Settle(await Claim(4));

        foreach (int id in new[] { 1_900_000_000, 1_900_000_001, 5, 4 })
        {
            await IsDuplicate(id);
        }
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public async Task Every_32_bit_id_can_be_kept(int id)
    {
        await Settle(await Claim(id));

        await IsDuplicate(id);
    }

    [Fact]
    public async Task Expiry_leaves_young_records()
    {
        await Claim(1);
        await Settle(await Claim(2));

        await _ledger.ExpireAsync(Token);

        await IsBusy(1);
        await IsDuplicate(2);
    }

    private protected async Task<UpdateClaim> Claim(int id, long? epoch = null)
    {
        UpdateClaim claim = await _ledger.ClaimAsync(id, epoch, Token);
        Assert.Equal((ClaimOutcome.Claimed, id), (claim.Outcome, claim.UpdateId));
        return claim;
    }

    private protected ValueTask<UpdateClaim?> Renew(UpdateClaim claim) => _ledger.RenewAsync(claim, Token);

    private protected ValueTask<bool> Settle(UpdateClaim claim) => _ledger.SettleAsync(claim, Token);

    private protected ValueTask<bool> Release(UpdateClaim claim, bool hasFailed) => _ledger.ReleaseAsync(claim, hasFailed, Token);

    private protected async Task IsBusy(int id, long? epoch = null) => Assert.Equal(ClaimOutcome.Busy, (await _ledger.ClaimAsync(id, epoch, Token)).Outcome);

    private protected async Task IsDuplicate(int id) => Assert.Equal(ClaimOutcome.Duplicate, (await _ledger.ClaimAsync(id, null, Token)).Outcome);

    private static void IsWonByOne(ClaimOutcome[] outcomes)
    {
        Assert.Single(outcomes, ClaimOutcome.Claimed);
        Assert.Equal(Racers - 1, outcomes.Count(outcome => outcome == ClaimOutcome.Busy));
    }

    private async Task<ClaimOutcome[]> Race(int id)
    {
        using var start = new Barrier(Racers);
        return await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                start.SignalAndWait(Token);
                return (await _ledger.ClaimAsync(id, null, Token)).Outcome;
            },
            Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }
}
