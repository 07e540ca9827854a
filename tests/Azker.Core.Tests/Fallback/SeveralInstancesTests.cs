using Azker.BlobService;
using Azker.Core.Configuration;
using Azker.Core.Health;
using Azker.Core.Locking;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Fallback;

/// <summary>Several instances of one bot that share a lock: fallbacks, guards, deployments.</summary>
public sealed class ReceivingPartiesTests : IAsyncLifetime
{
    private const string Green = "https://green.example.com/webhook";

    private ReceivingWorld _world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await ReceivingWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Of_two_fallbacks_one_polls_and_when_it_stops_the_other_takes_its_place_at_once()
    {
        await _world.Register();
        (ReceivingInstance one, ReceivingInstance other) = await Fallen();

        await one.Stop();
        TimeSpan gap = await _world.Until(() => other.IsPolling, "the other one polls");

        Assert.InRange(gap.TotalSeconds, 0, 5);
        AssertNoConflict(one, other);
    }

    [Fact]
    public async Task A_standby_that_gets_the_lock_by_a_hand_back_leaves_the_webhook_alone()
    {
        await _world.Register();
        (ReceivingInstance one, ReceivingInstance other) = await Fallen();

        one.Target.Health = Samples.Well;
        other.Target.Health = Samples.Well;
        await _world.Until(() => _world.Registered == ReceivingWorld.Url, "the webhook is registered");
        await _world.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(ReceivingWorld.Url, _world.Registered);
        Assert.False(other.IsPolling);
        Assert.Null(await one.Services.Get<IInstanceLock>().GetHolderAsync(Token));
        AssertNoConflict(one, other);
    }

    [Fact]
    public async Task A_guard_leaves_the_webhook_to_the_poller_that_took_its_place()
    {
        await _world.Register();
        (ReceivingInstance one, ReceivingInstance other) = await Fallen();
        ReceivingInstance app = _world.Instance();

        WebhookGuardResult result = await app.Services.Get<WebhookGuard>().RunAsync(Token);

        Assert.Equal(WebhookGuardOutcome.LockHeld, result.Outcome);
        Assert.Equal("", _world.Registered);
        await _world.Pass(TimeSpan.FromSeconds(10));
        AssertNoConflict(one, other);
    }

    [Fact]
    public async Task One_answer_of_the_storage_that_is_missing_does_not_make_the_webhooks_health_forget_who_polls()
    {
        await _world.Register();
        await Fallen();
        ReceivingInstance app = _world.Instance();

        app.Storage.FailNext(LeaseCall.Read, LeaseFault.Refused);
        HealthReport report = await Eventually.Completes(app.Services.Get<HealthReporter>().ReportAsync(Token));

        Assert.Equal((true, "A poller receives in place of the webhook."), (report.Active, report.Reason));
    }

    [Fact]
    public async Task Guards_that_fire_while_the_updates_are_handed_back_make_no_conflict()
    {
        await _world.Register();
        (ReceivingInstance one, ReceivingInstance other) = await Fallen();
        WebhookGuard guard = _world.Instance().Services.Get<WebhookGuard>();
        one.Target.Health = Samples.Well;
        other.Target.Health = Samples.Well;

        List<WebhookGuardOutcome> outcomes = [];
        for (int second = 0; second < 90; second++)
        {
            outcomes.Add((await guard.RunAsync(Token)).Outcome);
            await _world.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(ReceivingWorld.Url, _world.Registered);
        Assert.Contains(WebhookGuardOutcome.LockHeld, outcomes);
        Assert.Equal(WebhookGuardOutcome.Unchanged, outcomes[^1]);
        Assert.DoesNotContain(WebhookGuardOutcome.Repaired, outcomes);
        AssertNoConflict(one, other);
    }

    [Fact]
    public async Task Two_guards_at_once_set_the_webhook_once()
    {
        WebhookGuard[] guards = [_world.Instance().Services.Get<WebhookGuard>(), _world.Instance().Services.Get<WebhookGuard>()];

        Task<WebhookGuardResult[]> runs = Task.WhenAll(guards.Select(guard => guard.RunAsync(Token)));
        await _world.Until(() => runs.IsCompleted, "both have run");

        Assert.Single(await runs, result => result.Outcome == WebhookGuardOutcome.Registered);
        Assert.Equal(1, _world.Bot.Statistics.Calls.Single(call => call.Method == "setwebhook").Count);
    }

    [Fact]
    public async Task Of_two_deployments_with_one_token_the_later_keeps_the_webhook_until_it_is_gone()
    {
        ReceivingInstance blue = _world.Instance();
        ReceivingInstance green = _world.Instance((SettingNames.WebhookUrl, Green));
        Assert.Equal(WebhookGuardOutcome.Registered, await Guard(blue));

        Assert.Equal(WebhookGuardOutcome.Repaired, await Guard(green));
        Assert.Equal(WebhookGuardOutcome.Superseded, await Guard(blue));
        Assert.Equal(WebhookGuardOutcome.Unchanged, await Guard(green));
        Assert.Equal(Green, _world.Registered);

        await _world.Register("");
        Assert.Equal(WebhookGuardOutcome.Registered, await Guard(blue));
        Assert.Equal(ReceivingWorld.Url, _world.Registered);
        Assert.Equal(WebhookGuardOutcome.Superseded, await Guard(green));
    }

    [Fact]
    public async Task A_webhook_that_no_deployment_of_ours_has_set_is_repaired_all_the_same()
    {
        ReceivingInstance blue = _world.Instance();
        ReceivingInstance green = _world.Instance((SettingNames.WebhookUrl, Green));
        await Guard(blue);
        await Guard(green);
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        await _world.Register("https://stranger.example.com/");

        Assert.Equal(WebhookGuardOutcome.Repaired, await Guard(green));
        Assert.Equal(Green, _world.Registered);
    }

    [Fact]
    public async Task During_a_rolling_deploy_with_a_new_secret_the_last_word_is_the_new_one_as_soon_as_the_old_instances_are_gone()
    {
        ReceivingInstance before = _world.Instance((SettingNames.WebhookSecret, "old"));
        ReceivingInstance after = _world.Instance((SettingNames.WebhookSecret, "new"), (SettingNames.WebhookSecretPrevious, "old"));
        await Guard(before);

        Assert.Equal(WebhookGuardOutcome.Repaired, await Guard(after));
        Assert.Equal(WebhookGuardOutcome.Unchanged, await Guard(after));
        Assert.True(after.Services.Get<SecretToken>().Matches(["old"]));
        Assert.True(after.Services.Get<SecretToken>().Matches(["new"]));
    }

    [Fact]
    public async Task What_a_holder_of_an_earlier_epoch_writes_does_not_get_into_the_record()
    {
        IReceiverRecordStore store = _world.Instance().Services.Get<IReceiverRecordStore>();
        await store.WriteAsync(Record(epoch: 8), Token);

        await Assert.ThrowsAsync<InstanceLockLostException>(() => store.WriteAsync(Record(epoch: 7), Token));

        Assert.Equal(8, (await store.ReadAsync(Token))!.Epoch);
    }

    private static ReceiverRecord Record(long epoch) =>
        new(1, epoch, "webhook", "receiving", "instance", "host", DateTimeOffset.UnixEpoch, "", "0", null, null, null);

    private void AssertNoConflict(params ReceivingInstance[] instances)
    {
        Assert.Equal(0, instances.Sum(instance => instance.Conflicts));
        Assert.Equal(0, _world.Bot.Statistics.ConflictsAnswered);
    }

    private async Task<WebhookGuardOutcome> Guard(ReceivingInstance instance)
    {
        // A Bot API server takes one setWebhook a second.
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        return (await Eventually.Completes(instance.Services.Get<WebhookGuard>().RunAsync(Token))).Outcome;
    }

    /// <summary>Two fallbacks of a webhook that is unwell: one polls, and the other waits.</summary>
    private async Task<(ReceivingInstance Polling, ReceivingInstance Waiting)> Fallen()
    {
        ReceivingInstance[] fallbacks = [_world.Instance().Start(), _world.Instance().Start()];
        await _world.Pass(TimeSpan.FromSeconds(20));
        Array.ForEach(fallbacks, fallback => fallback.Target.Health = Samples.Unwell);
        await _world.Until(() => fallbacks.Any(fallback => fallback.IsPolling), "one of the fallbacks polls");
        await _world.Pass(TimeSpan.FromSeconds(20));
        return (fallbacks.Single(fallback => fallback.IsPolling), fallbacks.Single(fallback => !fallback.IsPolling));
    }
}
