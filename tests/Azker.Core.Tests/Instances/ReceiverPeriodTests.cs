using Azker.Core.Instances;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Instances;

/// <summary>The periods in which an instance receives, and its recent work.</summary>
public sealed class ReceiverPeriodTests : IAsyncLifetime
{
    private readonly Services _services = new([]);

    private IReceiverPeriodStore Store => _services.Get<IReceiverPeriodStore>();

    private ReceiverStatus Status => _services.Get<ReceiverStatus>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task An_instance_writes_when_it_begins_to_receive_and_when_it_stops()
    {
        using var stop = new CancellationTokenSource();
        Task run = _services.Get<InstanceHeartbeat>().RunUntilAsync(stop.Token);
        Assert.Empty(await Periods());

        Status.Mode = ReceiverMode.Polling;
        Status.ExchangeSucceeded();
        await _services.Time.PassUntil(() => Names().Length == 1, "the period has begun", most: TimeSpan.FromSeconds(1));
        ReceiverPeriod period = Assert.Single(await Periods());
        Assert.Equal(("polling", Environment.ProcessId, null), (period.Mode, period.Pid, period.Until));

        await stop.CancelAsync();
        await Eventually.Completes(run);
        Assert.Equal(period with { Until = _services.Time.GetUtcNow() }, Assert.Single(await Periods()));
    }

    [Fact]
    public async Task Old_periods_are_removed_when_another_begins()
    {
        ReceiverPeriodWriter writer = _services.Get<ReceiverPeriodWriter>();
        DateTimeOffset now = _services.Time.GetUtcNow();
        await Store.WriteAsync(Period(now.AddDays(-1).AddSeconds(-1)), TestContext.Current.CancellationToken);
        for (int minute = 1; minute <= ReceiverPeriodWriter.Most; minute++)
        {
            await Store.WriteAsync(Period(now.AddMinutes(-minute)), TestContext.Current.CancellationToken);
        }

        await writer.FollowAsync(Record(now), TestContext.Current.CancellationToken);

        List<ReceiverPeriod> periods = await Periods();
        Assert.Equal(ReceiverPeriodWriter.Most, periods.Count);
        Assert.Equal(now.AddMinutes(1 - ReceiverPeriodWriter.Most), periods.Min(period => period.Since));
        Assert.Equal(now, periods.Max(period => period.Since));
    }

    [Fact]
    public void Recent_work_counts_a_minute_and_forgets_what_was_before()
    {
        var work = new RecentWork(Status, _services.Time);
        Status.CountAttempt(TimeSpan.FromSeconds(1));
        Status.CountSettled();
        _services.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((2, 1), work.Read());

        Status.CountAttempt(TimeSpan.FromSeconds(3));
        Status.CountSettled();
        _services.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((2, 2), work.Read());

        _services.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((0, null), work.Read());
    }

    private static ReceiverPeriod Period(DateTimeOffset since) => new(1, "other", "host", 7, "polling", since, since.AddSeconds(1));

    private static InstanceRecord Record(DateTimeOffset now) => new(
        1, "this", "host", 8, "0", now, now, 5, "polling", InstanceRecord.Receiving, null, null, null, 0, 0, 0, 0, null);

    private string[] Names() => Directory.Exists(_services.Data["periods"]) ? Directory.GetFiles(_services.Data["periods"], "*.json", SearchOption.AllDirectories) : [];

    private async Task<List<ReceiverPeriod>> Periods()
    {
        var periods = new List<ReceiverPeriod>();
        foreach (string name in await Store.ListNamesAsync(TestContext.Current.CancellationToken))
        {
            periods.Add((await Store.FindAsync(name, TestContext.Current.CancellationToken))!);
        }

        return periods;
    }
}
