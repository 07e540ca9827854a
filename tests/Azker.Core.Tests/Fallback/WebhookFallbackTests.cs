using Azker.BlobService;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Fallback;

public sealed class WebhookFallbackTests : IAsyncLifetime
{
    private const string Foreign = "https://deployed.example.com/a-path-that-is-secret";

    private ReceivingWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await ReceivingWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_webhook_that_is_well_is_watched_and_left_alone()
    {
        await _world.Register();
        _world.Bot.ResetStatistics();
        _world.Instance().Start();

        await _world.Pass(TimeSpan.FromMinutes(10));

        Assert.Equal("getwebhookinfo", Assert.Single(_world.Bot.Statistics.Calls).Method);
        Assert.Equal(0, _world.Storage.Count("acquire"));
        Assert.Equal(ReceivingWorld.Url, _world.Registered);
    }

    [Fact]
    public async Task A_webhook_of_somebody_else_ends_the_start_with_its_host_and_is_left_alone()
    {
        await _world.Register(Foreign);

        ReceivingInstance fallback = _world.Instance().Start();
        ForeignWebhookException error = await Assert.ThrowsAsync<ForeignWebhookException>(() => Eventually.Completes(fallback.Run));

        Assert.Contains("https://deployed.example.com,", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Equal(Foreign, _world.Registered);
    }

    [Fact]
    public async Task A_webhook_of_somebody_else_that_turns_up_later_is_left_alone_until_it_goes()
    {
        await _world.Register();
        ReceivingInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(30));

        await _world.Register(Foreign);
        await _world.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(Foreign, _world.Registered);
        Assert.Equal(0, _world.Bot.Statistics.Polls);

        await _world.Register("");
        await _world.Until(() => fallback.IsPolling, "the fallback polls");
    }

    [Fact]
    public async Task On_order_a_webhook_of_somebody_else_is_replaced_and_what_waits_is_kept()
    {
        await _world.Register(Foreign);
        _world.Bot.EnqueueText(1, 1, "/ping");

        ReceivingInstance ordered = _world.OrderedInstance().Start();
        await _world.Until(() => ordered.IsPolling, "the fallback polls");

        Assert.Equal("", _world.Registered);
        await _world.Until(() => _world.Bot.Statistics.Pending == 0, "what waited is handled");
    }

    [Fact]
    public async Task Our_own_webhook_is_replaced_when_it_has_been_unwell_for_the_grace_and_not_before()
    {
        await _world.Register();
        ReceivingInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(30));

        fallback.Target.Health = Samples.Unwell;
        await _world.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(ReceivingWorld.Url, _world.Registered);

        TimeSpan more = await _world.Until(() => fallback.IsPolling, "the fallback polls");
        Assert.InRange(more.TotalSeconds, 0, 20);
        Assert.Equal("", _world.Registered);
    }

    [Fact]
    public async Task The_webhook_gets_the_updates_back_when_its_program_has_been_well_for_the_dwell()
    {
        await _world.Register();
        ReceivingInstance fallback = await Fallen();

        fallback.Target.Health = Samples.Well;
        await _world.Pass(TimeSpan.FromSeconds(55));
        Assert.True(fallback.IsPolling);

        await _world.Until(() => _world.Registered == ReceivingWorld.Url, "the webhook is registered");
        await _world.Pass(TimeSpan.FromSeconds(30));
        Assert.False(fallback.IsPolling);
        Assert.Equal(0, _world.Bot.Statistics.ConflictsAnswered);
        Assert.Null(await fallback.Services.Get<IInstanceLock>().GetHolderAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_program_that_says_it_is_well_while_Telegram_cannot_reach_it_is_tried_ever_more_rarely()
    {
        await _world.Register();
        ReceivingInstance fallback = _world.Instance().Start();
        List<double> dwells = [];
        for (int flap = 0; flap < 3; flap++)
        {
            await _world.Pass(TimeSpan.FromSeconds(20));
            fallback.Target.Health = Samples.Unwell;
            await _world.Until(() => fallback.IsPolling, "the fallback polls");
            fallback.Target.Health = Samples.Well;
            dwells.Add((await _world.Until(() => _world.Registered == ReceivingWorld.Url, "the webhook is registered")).TotalSeconds);
        }

        Assert.InRange(dwells[0], 50, 90);
        Assert.InRange(dwells[1], 110, 150);
        Assert.InRange(dwells[2], 230, 270);
    }

    [Fact]
    public async Task A_program_that_only_we_cannot_reach_keeps_the_updates()
    {
        await _world.Register();
        ReceivingInstance fallback = _world.Instance().Start();
        fallback.Target.Health = Samples.Unreachable;

        await _world.Pass(TimeSpan.FromMinutes(10));

        Assert.Equal(0, _world.Bot.Statistics.Polls);
        Assert.Equal(ReceivingWorld.Url, _world.Registered);
    }

    [Fact]
    public async Task With_the_storage_down_nobody_starts_to_poll()
    {
        await _world.Register();
        ReceivingInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(20));
        fallback.Target.Health = Samples.Unwell;
        fallback.Storage.Fault = LeaseFault.Refused;

        await _world.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(0, _world.Bot.Statistics.Polls);
        Assert.Equal(ReceivingWorld.Url, _world.Registered);

        fallback.Storage.Fault = null;
        await _world.Until(() => fallback.IsPolling, "the fallback polls");
    }

    [Fact]
    public async Task A_fallback_that_loses_the_storage_stops_polling_and_begins_again_when_it_is_back()
    {
        await _world.Register();
        ReceivingInstance fallback = await Fallen();

        fallback.Storage.Fault = LeaseFault.Refused;
        await _world.Until(() => !fallback.IsPolling, "the fallback has lost the lock");
        long polls = _world.Bot.Statistics.Polls;
        await _world.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(polls, _world.Bot.Statistics.Polls);

        fallback.Storage.Fault = null;
        await _world.Until(() => fallback.IsPolling, "the fallback polls again");
    }

    private async Task<ReceivingInstance> Fallen()
    {
        ReceivingInstance fallback = _world.Instance().Start();
        await _world.Pass(TimeSpan.FromSeconds(20));
        fallback.Target.Health = Samples.Unwell;
        await _world.Until(() => fallback.IsPolling, "the fallback polls");
        return fallback;
    }
}
