using Azker.BlobService;
using Azker.Core.Fallback;
using Azker.Core.Health;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Tests.Shared;
using Azure.Identity;

namespace Azker.Core.Tests.Fallback;

public sealed class WebhookFallbackTests : IAsyncLifetime
{
    private const int NoCredential = 0;
    private const string Foreign = "https://deployed.example.com/a-path-that-is-secret";

    private FallbackWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await FallbackWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_healthy_webhook_is_watched_and_not_changed()
    {
        await _world.Register();
        _world.Bot.ResetStatistics();
        _world.Instance().Start();

        await _world.Pass(TimeSpan.FromMinutes(10));

        Assert.Equal("getwebhookinfo", Assert.Single(_world.Bot.Statistics.Calls).Method);
        Assert.Equal(0, _world.Storage.Count("acquire"));
        Assert.Equal(FallbackWorld.Url, _world.Registered);
    }

    [Fact]
    public async Task A_fallback_that_watches_stands_by_whatever_the_webhook_does_and_is_active_while_it_polls()
    {
        await _world.Register();
        VirtualInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal("standby polling 200 This instance watches the webhook, which receives the updates.", await Report(fallback));

        await _world.Register("");
        await _world.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal("standby polling 200 This instance watches the webhook. The webhook is Missing. No webhook is registered.", await Report(fallback));

        fallback.Target.Health = WebhookSamples.Unhealthy;
        await _world.Until(() => fallback.IsPolling, "the fallback polls");
        Assert.Equal("degraded polling active 200 The webhook does not receive updates. This instance polls in its place.", await Report(fallback));

        fallback.Target.Health = WebhookSamples.Healthy;
        await _world.Until(() => _world.Registered == FallbackWorld.Url, "the webhook is registered");
        await _world.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal("standby polling 200 This instance watches the webhook, which receives the updates.", await Report(fallback));
    }

    [Fact]
    public async Task A_foreign_webhook_ends_the_start_with_its_host_and_is_not_changed()
    {
        await _world.Register(Foreign);

        VirtualInstance fallback = _world.Instance().Start();
        ForeignWebhookException error = await Assert.ThrowsAsync<ForeignWebhookException>(() => Eventually.Completes(fallback.Run));

        Assert.Contains("https://deployed.example.com,", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Equal(Foreign, _world.Registered);
    }

    [Fact]
    public async Task A_foreign_webhook_that_is_set_later_is_not_changed_until_it_is_deleted()
    {
        await _world.Register();
        VirtualInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(30));

        await _world.Register(Foreign);
        await _world.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(Foreign, _world.Registered);
        Assert.Equal(0, _world.Bot.Statistics.Polls);

        await _world.Register("");
        await _world.Until(() => fallback.IsPolling, "the fallback polls");
    }

    [Fact]
    public async Task On_order_a_foreign_webhook_is_replaced_and_its_pending_updates_are_kept()
    {
        await _world.Register(Foreign);
        _world.Bot.EnqueueText(1, 1, "/ping");

        VirtualInstance ordered = _world.TakeOverInstance().Start();
        await _world.Until(() => ordered.IsPolling, "the fallback polls");

        Assert.Equal("", _world.Registered);
        await _world.Until(() => _world.Bot.Statistics.Pending == 0, "the pending update is handled");
    }

    [Fact]
    public async Task Our_own_webhook_is_replaced_when_it_has_been_unhealthy_for_the_grace_and_not_before()
    {
        await _world.Register();
        VirtualInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(30));

        fallback.Target.Health = WebhookSamples.Unhealthy;
        await _world.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(FallbackWorld.Url, _world.Registered);

        TimeSpan more = await _world.Until(() => fallback.IsPolling, "the fallback polls");
        Assert.InRange(more.TotalSeconds, 0, 20);
        Assert.Equal("", _world.Registered);
    }

    [Fact]
    public async Task Failback_follows_when_the_target_has_been_healthy_for_the_failback_delay()
    {
        await _world.Register();
        VirtualInstance fallback = await FailOver();

        fallback.Target.Health = WebhookSamples.Healthy;
        await _world.Pass(TimeSpan.FromSeconds(55));
        Assert.True(fallback.IsPolling);

        await _world.Until(() => _world.Registered == FallbackWorld.Url, "the webhook is registered");
        await _world.Pass(TimeSpan.FromSeconds(30));
        Assert.False(fallback.IsPolling);
        Assert.Equal(0, _world.Bot.Statistics.ConflictsAnswered);
        Assert.Null(await fallback.Services.Get<IInstanceLock>().GetHolderAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Failback_to_a_healthy_target_that_Telegram_cannot_reach_is_tried_more_and_more_rarely()
    {
        await _world.Register();
        VirtualInstance fallback = _world.Instance().Start();
        List<double> delays = [];
        for (int flap = 0; flap < 3; flap++)
        {
            await _world.Pass(TimeSpan.FromSeconds(20));
            fallback.Target.Health = WebhookSamples.Unhealthy;
            await _world.Until(() => fallback.IsPolling, "the fallback polls");
            fallback.Target.Health = WebhookSamples.Healthy;
            delays.Add((await _world.Until(() => _world.Registered == FallbackWorld.Url, "the webhook is registered")).TotalSeconds);
        }

        Assert.InRange(delays[0], 50, 90);
        Assert.InRange(delays[1], 110, 150);
        Assert.InRange(delays[2], 230, 270);
    }

    [Fact]
    public async Task One_update_that_waits_for_the_claim_of_a_killed_worker_does_not_replace_a_healthy_webhook()
    {
        await _world.Register();
        VirtualInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(20));

        _world.Bot.EnqueueText(1, 1, "claimed by a killed worker");
        for (int error = 0; error < 15; error++)
        {
            _world.Bot.RecordWebhookError(WebhookSamples.Busy);
            await _world.Pass(TimeSpan.FromSeconds(8));
        }

        Assert.False(fallback.IsPolling);
        Assert.Equal(0, _world.Bot.Statistics.Polls);
        Assert.Equal(FallbackWorld.Url, _world.Registered);
    }

    [Fact]
    public async Task After_its_failback_a_fallback_grants_the_webhook_the_whole_grace_although_its_first_look_is_bad()
    {
        await _world.Register();
        VirtualInstance fallback = await FailOver();

        fallback.Target.Look = () => _world.Registered.Length == 0 ? WebhookSamples.Healthy : WebhookSamples.Unhealthy;
        await _world.Until(() => _world.Registered == FallbackWorld.Url, "the webhook is registered");
        await _world.Pass(TimeSpan.FromSeconds(50));
        Assert.Equal(FallbackWorld.Url, _world.Registered);

        TimeSpan more = await _world.Until(() => fallback.IsPolling, "the fallback polls");
        Assert.InRange(more.TotalSeconds, 0, 40);
    }

    [Fact]
    public async Task A_target_that_only_this_instance_cannot_reach_keeps_the_updates()
    {
        await _world.Register();
        VirtualInstance fallback = _world.Instance().Start();
        fallback.Target.Health = WebhookSamples.Unreachable;

        await _world.Pass(TimeSpan.FromMinutes(10));

        Assert.Equal(0, _world.Bot.Statistics.Polls);
        Assert.Equal(FallbackWorld.Url, _world.Registered);
    }

    [Fact]
    public async Task With_the_storage_down_no_instance_starts_to_poll()
    {
        await _world.Register();
        VirtualInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(20));
        fallback.Target.Health = WebhookSamples.Unhealthy;
        fallback.Storage.Fault = LeaseFault.Refused;

        await _world.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(0, _world.Bot.Statistics.Polls);
        Assert.Equal(FallbackWorld.Url, _world.Registered);

        fallback.Storage.Fault = null;
        await _world.Until(() => fallback.IsPolling, "the fallback polls");
    }

    [Fact]
    public async Task A_fallback_that_loses_the_storage_stops_polling_and_polls_again_when_the_storage_is_back()
    {
        await _world.Register();
        VirtualInstance fallback = await FailOver();

        fallback.Storage.Fault = LeaseFault.Refused;
        await _world.Until(() => !fallback.IsPolling, "the fallback has lost the lock");
        long polls = _world.Bot.Statistics.Polls;
        await _world.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(polls, _world.Bot.Statistics.Polls);

        fallback.Storage.Fault = null;
        await _world.Until(() => fallback.IsPolling, "the fallback polls again");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_storage_that_refuses_the_credential_from_the_start_ends_the_fallback(int status)
    {
        await _world.Register();
        VirtualInstance fallback = _world.Instance();
        fallback.Storage.Fault = LeaseFault.Error(status, "AuthorizationFailure");

        InstanceLockException error = await Assert.ThrowsAsync<InstanceLockException>(() => Eventually.Completes(fallback.Start().Run));

        Assert.True(error.IsPermission);
        Assert.Equal(FallbackWorld.Url, _world.Registered);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(NoCredential)]
    public async Task A_storage_that_refuses_the_credential_later_does_not_end_the_fallback(int status)
    {
        await _world.Register();
        VirtualInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(30));
        fallback.Storage.FaultOf = _ => Refuse(status);
        fallback.Target.Health = WebhookSamples.Unhealthy;

        await _world.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(0, _world.Bot.Statistics.Polls);
        Assert.Equal(FallbackWorld.Url, _world.Registered);
        Assert.NotEmpty(fallback.Log.Of<WebhookFallback>(5004));

        fallback.Storage.Fault = null;
        await _world.Until(() => fallback.IsPolling, "the fallback polls");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(NoCredential)]
    public async Task A_fallback_that_loses_its_lock_to_a_refusal_polls_again_when_the_refusal_ends(int status)
    {
        await _world.Register();
        VirtualInstance fallback = await FailOver();

        fallback.Storage.FaultOf = _ => Refuse(status);
        await _world.Until(() => !fallback.IsPolling, "the fallback has lost the lock");
        await _world.Pass(TimeSpan.FromMinutes(2));

        fallback.Storage.Fault = null;
        await _world.Until(() => fallback.IsPolling, "the fallback polls again");
    }

    /// <summary>Without a credential the SDK sends nothing.</summary>
    private static LeaseFault Refuse(int status) => status == NoCredential
        ? throw new AuthenticationFailedException("ManagedIdentityCredential authentication failed.")
        : LeaseFault.Error(status, "AuthorizationFailure");

    private async Task<VirtualInstance> FailOver()
    {
        VirtualInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(20));
        fallback.Target.Health = WebhookSamples.Unhealthy;
        await _world.Until(() => fallback.IsPolling, "the fallback polls");
        return fallback;
    }

    private static async Task<string> Report(VirtualInstance instance)
    {
        HealthReport report = await instance.Services.Get<HealthReporter>().ReportAsync(TestContext.Current.CancellationToken);
        string?[] parts =
            [report.Status, report.Mode.ToString().ToLowerInvariant(), report.Active ? "active" : null, $"{report.StatusCode}", report.Reason];
        return string.Join(' ', parts.OfType<string>());
    }
}
