using Azker.Core.Instances;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Instances;

public sealed class InstanceHeartbeatTests : IAsyncLifetime
{
    private readonly Services _services = new([]);
    private readonly CancellationTokenSource _stop = new();

    private IInstanceRecordStore Store => _services.Get<IInstanceRecordStore>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _stop.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task An_instance_shows_soon_that_it_receives_writes_again_and_removes_its_record_at_a_stop()
    {
        Task run = _services.Get<InstanceHeartbeat>().RunUntilAsync(_stop.Token);
        Assert.Equal(InstanceRecord.Ready, (await Only()).State);

        ReceiverStatus status = _services.Get<ReceiverStatus>();
        status.Mode = ReceiverMode.Polling;
        status.ExchangeSucceeded();
        status.UpdateArrived();
        status.CountSettled();
        await _services.Time.PassUntil(() => Read().Any(record => record.State == InstanceRecord.Receiving), "the change is written", most: TimeSpan.FromSeconds(2));
        InstanceRecord record = await Only();
        Assert.Equal(("polling", 1, Environment.ProcessId), (record.Mode, record.Settled, record.Pid));
        Assert.Equal(record.LastReceivedAt, record.LastSettledAt);
        Assert.NotNull(record.LastReceivedAt);

        await _services.Time.PassUntil(() => Read().Any(later => later.At >= record.At + Store.Interval), "the record is written again", most: 2 * Store.Interval);

        await _stop.CancelAsync();
        await Eventually.Completes(run);
        Assert.Empty(Read());
    }

    [Fact]
    public async Task A_record_without_a_successor_is_late_and_is_removed_after_a_day()
    {
        InstanceHeartbeat ended = _services.Get<InstanceHeartbeat>();
        await ended.BeatAsync(Store.Interval, _stop.Token);
        InstanceRecord record = await Only();
        Assert.False(record.IsLate(record.At + (2 * Store.Interval)));
        Assert.True(record.IsLate(record.At + (2 * Store.Interval) + TimeSpan.FromSeconds(1)));
        string file = Assert.Single(Directory.GetFiles(_services.Data["instances"], "*", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(file + ".json", "{ not a record", TestContext.Current.CancellationToken);

        await using var next = new Services([], _services.Time);
        await Store.WriteAsync(record with { Instance = "other", At = record.At.AddDays(-2) }, TestContext.Current.CancellationToken);
        var successor = new InstanceHeartbeat(
            Store, next.Get<ReceiverPeriodWriter>(), next.Get<ReceiverStatus>(), next.Get<Core.Locking.IInstanceLock>(), next.Get<Core.Handling.IRunningUpdates>(), _services.Time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<InstanceHeartbeat>.Instance);
        await successor.BeatAsync(Store.Interval, _stop.Token);

        Assert.DoesNotContain(Read(), each => each.Instance == "other");
        Assert.Equal(2, Read().Count);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_disturbs_nothing_and_is_reported_once()
    {
        var log = new RecordingLogger<InstanceHeartbeat>();
        await File.WriteAllTextAsync(_services.Data["instances"], "in the way", TestContext.Current.CancellationToken);
        var heartbeat = new InstanceHeartbeat(Store, _services.Get<ReceiverPeriodWriter>(), _services.Get<ReceiverStatus>(), _services.Get<Core.Locking.IInstanceLock>(), _services.Get<Core.Handling.IRunningUpdates>(), _services.Time, log);

        await heartbeat.BeatAsync(Store.Interval, _stop.Token);
        await heartbeat.BeatAsync(Store.Interval, _stop.Token);

        Assert.StartsWith("The sign of life of this instance cannot be written: ", Assert.Single(log.Entries).Message, StringComparison.Ordinal);
        Assert.Empty(Read());
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_store_that_does_not_answer()
    {
        var heartbeat = new InstanceHeartbeat(
            new SilentStore(), _services.Get<ReceiverPeriodWriter>(), _services.Get<ReceiverStatus>(), _services.Get<Core.Locking.IInstanceLock>(), _services.Get<Core.Handling.IRunningUpdates>(), _services.Time, new RecordingLogger<InstanceHeartbeat>());
        Task run = heartbeat.RunUntilAsync(_stop.Token);

        await _stop.CancelAsync();
        await _services.Time.PassUntil(() => run.IsCompleted, "the heartbeat ends", most: TimeSpan.FromSeconds(2));

        await run;
    }

    private async Task<InstanceRecord> Only() => Assert.Single(await Store.ListAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

    private List<InstanceRecord> Read() => Store.ListAsync(CancellationToken.None).ToBlockingEnumerable().ToList();

    private sealed class SilentStore : IInstanceRecordStore
    {
        public TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

        public Task WriteAsync(InstanceRecord record, CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

        public IAsyncEnumerable<InstanceRecord> ListAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<InstanceRecord>();

        public Task RemoveAsync(string instance, CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }
}
