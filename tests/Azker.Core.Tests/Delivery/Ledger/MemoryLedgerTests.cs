using Azker.Core.Delivery.Ledger;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.Ledger;

public sealed class MemoryLedgerTests : UpdateLedgerContract
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly SkewedTimeProvider _clock;

    public MemoryLedgerTests() => _clock = new SkewedTimeProvider(_time);

    protected override bool Survives => false;

    protected override void Pass(TimeSpan time) => _time.Advance(time);

    protected override void SetClock(TimeSpan ahead) => _clock.Skew = ahead;

    private protected override Task<IUpdateLedger> OpenAsync() => Task.FromResult<IUpdateLedger>(new MemoryLedger(_clock, capacity: 20));

    [Fact]
    public async Task Beyond_its_capacity_it_forgets_the_oldest_and_never_an_update_in_progress()
    {
        await Claim(1);
        for (int id = 2; id <= 23; id++)
        {
            await Settle(await Claim(id));
        }

        await IsBusy(1);
        await IsDuplicate(4);
        await Claim(3);
    }

    [Fact]
    public async Task After_a_day_it_forgets()
    {
        await Settle(await Claim(1));

        Pass(TimeSpan.FromHours(24));
        await IsDuplicate(1);
        Pass(TimeSpan.FromSeconds(1));
        await Claim(1);
    }
}
