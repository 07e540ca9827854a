using Azker.BlobService;
using Azker.BotApi.Faults;
using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Core.Health;
using Azker.Core.Locking;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Fallback;

/// <summary>Several instances of one bot that share a lock: fallbacks, guards and deployments.</summary>
public sealed class SeveralInstancesTests : IAsyncLifetime
{
    private const string Green = "https://green.example.com/webhook";

    private FallbackWorld _world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await FallbackWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Of_two_fallbacks_one_polls_and_when_it_stops_the_other_polls_at_once()
    {
        await _world.Register();
        (VirtualInstance one, VirtualInstance other) = await FailOver();

        await one.Stop();
        TimeSpan gap = await _world.Until(() => other.IsPolling, "the other one polls");

        Assert.InRange(gap.TotalSeconds, 0, 5);
        AssertNoConflict(one, other);
    }

    [Fact]
    public async Task A_standby_that_gets_the_lock_by_a_failback_does_not_change_the_webhook()
    {
        await _world.Register();
        (VirtualInstance one, VirtualInstance other) = await FailOver();

        one.Target.Health = WebhookSamples.Healthy;
        other.Target.Health = WebhookSamples.Healthy;
        await _world.Until(() => _world.Registered == FallbackWorld.Url, "the webhook is registered");
        await _world.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(FallbackWorld.Url, _world.Registered);
        Assert.False(other.IsPolling);
        Assert.Null(await one.Services.Get<IInstanceLock>().GetHolderAsync(Token));
        AssertNoConflict(one, other);
    }

    [Fact]
    public async Task A_storage_that_refuses_the_credential_from_the_start_ends_a_self_hosted_webhook()
    {
        await _world.Register();
        VirtualInstance app = _world.Instance();
        app.Storage.Fault = LeaseFault.Error(403, "AuthorizationFailure");

        InstanceLockException error = await Assert.ThrowsAsync<InstanceLockException>(
            () => Eventually.Completes(app.Services.Get<SelfHostedWebhook>().RunAsync(held: null, Token)));

        Assert.True(error.IsPermission);
    }

    [Fact]
    public async Task A_standby_that_gets_the_lock_by_a_failback_grants_the_webhook_the_whole_grace_although_its_first_look_is_bad()
    {
        await _world.Register();
        // The other one looks at the webhook, and waits for the lock, before the first one has deleted the webhook.
        _world.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "deleteWebhook", Times = 6 });
        (VirtualInstance one, VirtualInstance other) = await FailOver();

        one.Target.Health = WebhookSamples.Healthy;
        await _world.Until(() => _world.Registered == FallbackWorld.Url, "the webhook is registered");
        await _world.Pass(TimeSpan.FromSeconds(50));
        Assert.Equal(FallbackWorld.Url, _world.Registered);

        await _world.Until(() => other.IsPolling, "the other one polls");
        AssertNoConflict(one, other);
    }

    [Fact]
    public async Task A_guard_does_not_register_the_webhook_while_a_poller_receives_in_its_place()
    {
        await _world.Register();
        (VirtualInstance one, VirtualInstance other) = await FailOver();
        VirtualInstance app = _world.Instance();

        WebhookGuardResult result = await app.Services.Get<WebhookGuard>().RunAsync(Token);

        Assert.Equal(WebhookGuardOutcome.LockHeld, result.Outcome);
        Assert.Equal("", _world.Registered);
        await _world.Pass(TimeSpan.FromSeconds(10));
        AssertNoConflict(one, other);
    }

    [Fact]
    public async Task One_missing_answer_of_the_storage_does_not_hide_the_poller_from_health()
    {
        await _world.Register();
        await FailOver();
        VirtualInstance app = _world.Instance();

        app.Storage.FailNext(LeaseCall.Read, LeaseFault.Refused);
        HealthReport report = await Eventually.Completes(app.Services.Get<HealthReporter>().ReportAsync(Token));

        Assert.Equal((true, "A poller receives in place of the webhook."), (report.Active, report.Reason));
    }

    [Fact]
    public async Task Guards_that_run_during_a_failback_cause_no_conflict()
    {
        await _world.Register();
        (VirtualInstance one, VirtualInstance other) = await FailOver();
        WebhookGuard guard = _world.Instance().Services.Get<WebhookGuard>();
        one.Target.Health = WebhookSamples.Healthy;
        other.Target.Health = WebhookSamples.Healthy;

        List<WebhookGuardOutcome> outcomes = [];
        for (int second = 0; second < 90; second++)
        {
            outcomes.Add((await guard.RunAsync(Token)).Outcome);
            await _world.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(FallbackWorld.Url, _world.Registered);
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
    public async Task Of_two_deployments_with_one_token_the_later_keeps_the_webhook_until_it_is_deleted()
    {
        VirtualInstance blue = _world.Instance();
        VirtualInstance green = _world.Instance((SettingNames.WebhookUrl, Green));
        Assert.Equal(WebhookGuardOutcome.Registered, await Guard(blue));

        Assert.Equal(WebhookGuardOutcome.Repaired, await Guard(green));
        Assert.Equal(WebhookGuardOutcome.Superseded, await Guard(blue));
        Assert.Equal(WebhookGuardOutcome.Unchanged, await Guard(green));
        Assert.Equal(Green, _world.Registered);

        await _world.Register("");
        Assert.Equal(WebhookGuardOutcome.Registered, await Guard(blue));
        Assert.Equal(FallbackWorld.Url, _world.Registered);
        Assert.Equal(WebhookGuardOutcome.Superseded, await Guard(green));
    }

    [Fact]
    public async Task A_webhook_that_no_deployment_of_ours_has_set_is_repaired()
    {
        VirtualInstance blue = _world.Instance();
        VirtualInstance green = _world.Instance((SettingNames.WebhookUrl, Green));
        await Guard(blue);
        await Guard(green);
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        await _world.Register("https://stranger.example.com/");

        Assert.Equal(WebhookGuardOutcome.Repaired, await Guard(green));
        Assert.Equal(Green, _world.Registered);
    }

    [Fact]
    public async Task During_a_rolling_deployment_the_new_secret_is_registered_and_the_old_secret_still_accepted()
    {
        VirtualInstance before = _world.Instance((SettingNames.WebhookSecret, "old"));
        VirtualInstance after = _world.Instance((SettingNames.WebhookSecret, "new"), (SettingNames.WebhookSecretPrevious, "old"));
        await Guard(before);

        Assert.Equal(WebhookGuardOutcome.Repaired, await Guard(after));
        Assert.Equal(WebhookGuardOutcome.Unchanged, await Guard(after));
        Assert.True(after.Services.Get<SecretToken>().Matches(["old"]));
        Assert.True(after.Services.Get<SecretToken>().Matches(["new"]));
    }

    [Fact]
    public async Task A_holder_of_an_earlier_epoch_cannot_write_the_record()
    {
        IReceiverRecordStore store = _world.Instance().Services.Get<IReceiverRecordStore>();
        await store.WriteAsync(Record(epoch: 8), Token);

        await Assert.ThrowsAsync<InstanceLockLostException>(() => store.WriteAsync(Record(epoch: 7), Token));

        Assert.Equal(8, (await store.ReadAsync(Token))!.Epoch);
    }

    private static ReceiverRecord Record(long epoch) =>
        new(1, epoch, "webhook", "receiving", "instance", "host", DateTimeOffset.UnixEpoch, "", "0", null, null, null);

    private void AssertNoConflict(params VirtualInstance[] instances)
    {
        Assert.Equal(0, instances.Sum(instance => instance.Conflicts));
        Assert.Equal(0, _world.Bot.Statistics.ConflictsAnswered);
    }

    private async Task<WebhookGuardOutcome> Guard(VirtualInstance instance)
    {
        // A Bot API server takes one setWebhook a second.
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        return (await Eventually.Completes(instance.Services.Get<WebhookGuard>().RunAsync(Token))).Outcome;
    }

    /// <summary>Starts two fallbacks of an unhealthy webhook: one polls and the other waits.</summary>
    private async Task<(VirtualInstance Polling, VirtualInstance Waiting)> FailOver()
    {
        VirtualInstance[] fallbacks = [_world.Instance().Start(), _world.Instance().Start()];
        await _world.Pass(TimeSpan.FromSeconds(20));
        Array.ForEach(fallbacks, fallback => fallback.Target.Health = WebhookSamples.Unhealthy);
        await _world.Until(() => fallbacks.Any(fallback => fallback.IsPolling), "one of the fallbacks polls");
        await _world.Pass(TimeSpan.FromSeconds(20));
        return (fallbacks.Single(fallback => fallback.IsPolling), fallbacks.Single(fallback => !fallback.IsPolling));
    }
}
