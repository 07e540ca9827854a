using Azker.Core.Instances;

namespace Azker.Core.Tests.Instances;

/// <summary>The promises of every store of periods.</summary>
public abstract class ReceiverPeriodStoreContract
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.UnixEpoch.AddYears(56).AddHours(12);

    private protected abstract IReceiverPeriodStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_period_is_written_written_again_with_its_end_and_removed()
    {
        var period = new ReceiverPeriod(1, "a", "host", 7, "polling", Noon, Until: null);
        await Store.WriteAsync(period, Token);
        await Store.WriteAsync(period with { Until = Noon.AddSeconds(5) }, Token);
        await Store.WriteAsync(period with { Since = Noon.AddSeconds(9) }, Token);

        Assert.Equal(["20260101T120000000-a", "20260101T120009000-a"], (await Store.ListNamesAsync(Token)).Order());
        Assert.Equal(period with { Until = Noon.AddSeconds(5) }, await Store.FindAsync(period.Name, Token));

        await Store.RemoveAsync(period.Name, Token);
        await Store.RemoveAsync(period.Name, Token);
        Assert.Null(await Store.FindAsync(period.Name, Token));
        Assert.Equal(["20260101T120009000-a"], await Store.ListNamesAsync(Token));
    }
}
