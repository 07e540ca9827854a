using Azker.BotApi.Faults;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Telemetry;
using Azker.Core.Tests.Polling;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Telemetry;

public sealed class ReceiverMetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Polls_are_counted_by_their_outcome_and_a_409_is_a_conflict()
    {
        await using PollingFixture polling = await PollingFixture.CreateAsync();
        polling.Server.Faults.Add(new Fault(FaultKind.Conflict) { Method = "getUpdates", Times = 2 });
        polling.Bot.EnqueueText(5, 5, "/ping 1");
        _ = polling.Start();
        using var metrics = new MetricRecorder(polling.Get<BotMeter>().Meter);

        await polling.PassUntil(() => polling.Bot.Sent.Count == 1, "the update is answered");
        await polling.WaitForPoll();

        // The update is in each answer until it is settled, which takes a moment of real time.
        Assert.Collection(
            metrics.Sums("azker.polls"),
            sum => Assert.Equal("azker.poll.outcome=conflict: 2", sum),
            sum => Assert.StartsWith("azker.poll.outcome=updates: ", sum, StringComparison.Ordinal));
        Assert.Equal(2, metrics.Sum("azker.conflicts"));
        Assert.True(metrics.AllHaveTheBot);
    }

    [Fact]
    public async Task The_lock_is_held_from_its_taking_to_its_release()
    {
        await using var services = new Services([]);
        IInstanceLock instanceLock = services.Get<IInstanceLock>();
        using var metrics = new MetricRecorder(services.Get<BotMeter>().Meter);

        Assert.Equal(0, metrics.Observe("azker.lock.held"));
        IInstanceLockHandle? handle = await instanceLock.TryAcquireAsync(Token);
        Assert.Equal(1, metrics.Observe("azker.lock.held"));
        Assert.Null(await instanceLock.TryAcquireAsync(Token));
        Assert.Equal(1, metrics.Observe("azker.lock.held"));
        await handle!.DisposeAsync();
        Assert.Equal(0, metrics.Observe("azker.lock.held"));
    }

    [Fact]
    public async Task A_change_of_the_receiver_is_counted_with_the_modes_before_and_after()
    {
        await using var services = new Services([]);
        ReceiverStatus status = services.Get<ReceiverStatus>();
        using var metrics = new MetricRecorder(services.Get<BotMeter>().Meter);

        status.Mode = ReceiverMode.Polling;
        status.Mode = ReceiverMode.Polling;
        status.Mode = ReceiverMode.Webhook;
        status.Mode = null;

        Assert.Equal(
            [
                "azker.receiver.from=none azker.receiver.to=polling: 1",
                "azker.receiver.from=polling azker.receiver.to=webhook: 1",
                "azker.receiver.from=webhook azker.receiver.to=none: 1",
            ],
            metrics.Sums("azker.receiver.changes"));
    }

    [Fact]
    public async Task The_webhook_s_state_is_recorded_whenever_Azker_reads_or_changes_it()
    {
        await using StandIn standIn = await StandIn.StartAsync();
        WebhookRegistration registration = standIn.Services.Get<WebhookRegistration>();
        using var metrics = new MetricRecorder(standIn.Services.Get<BotMeter>().Meter);
        await using IInstanceLockHandle? handle = await standIn.Services.Get<IInstanceLock>().TryAcquireAsync(Token);
        standIn.Bot.EnqueueText(5, 5, "hi");

        await registration.GetAsync(Token);
        await registration.SetAsync(handle!, dropPending: false, Token);
        await registration.DeleteAsync(handle!, dropPending: false, Token);

        Assert.Equal([0, 1, 0], metrics.Of("azker.webhook.registered").Select(entry => entry.Value));
        Assert.Equal([1], metrics.Of("azker.webhook.pending").Select(entry => entry.Value));
    }

    [Fact]
    public void An_error_of_the_webhook_is_counted_when_its_date_changes_but_not_the_error_that_was_there_before()
    {
        using var meter = new BotMeter(1);
        var receiver = new ReceiverMetrics(meter);
        using var metrics = new MetricRecorder(meter.Meter);

        foreach (long? date in new long?[] { 100, 100, 160, 160, null, 160, 220 })
        {
            receiver.RecordWebhook(isRegistered: true, pendingCount: 0, date);
        }

        Assert.Equal(2, metrics.Sum("azker.webhook.errors"));
    }

    [Fact]
    public async Task Without_a_listener_recording_allocates_nothing()
    {
        await using var services = new Services([(SettingNames.UseWebhook, "false")]);
        var (receiver, updates) = (services.Get<ReceiverMetrics>(), services.Get<UpdateMetrics>());
        ReceivedUpdate update = TestUpdates.Message(1);
        void Record()
        {
            receiver.CountPoll("empty");
            receiver.CountChange("none", "polling");
            receiver.RecordWebhook(true, 3, 100);
            updates.Count(update, "settled");
            updates.RecordLatency(update);
            updates.RecordHandler(update, TimeSpan.Zero, "handled", null);
            updates.TryEnter();
        }

        Record();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Record();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
