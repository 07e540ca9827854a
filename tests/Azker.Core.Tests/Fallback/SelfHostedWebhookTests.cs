using Azker.BotApi.Faults;
using Azker.Core.Fallback;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;
using Telegram.Bot;

namespace Azker.Core.Tests.Fallback;

public sealed class SelfHostedWebhookTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private StandIn _standIn = null!;
    private Task _run = Task.CompletedTask;

    public async ValueTask InitializeAsync() => _standIn = await StandIn.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _standIn.Time.PassUntil(() => _run.IsCompleted, "the self-hosted webhook stops", step: 1);
        _stop.Dispose();
        await _standIn.DisposeAsync();
    }

    [Fact]
    public async Task The_webhook_is_registered_at_the_start_and_again_when_it_is_deleted()
    {
        Start();
        await Until(async () => await IsRegistered(), "the webhook is registered");
        _standIn.Pass();

        await _standIn.Client.DeleteWebhook(cancellationToken: TestContext.Current.CancellationToken);
        await Until(
            async () =>
            {
                // Time passes slower than the calls, which must not exceed their limit of 30 s.
                _standIn.Time.Advance(TimeSpan.FromSeconds(1));
                return await IsRegistered();
            },
            "the webhook is registered again");

        Assert.Equal(0, _standIn.Bot.Statistics.Polls);
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_registered_is_replaced_by_polling_until_it_can()
    {
        int fault = _standIn.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "setWebhook" });
        Start();
        await Until(() => Task.FromResult(_standIn.Bot.Statistics.Polls > 0), "the bot polls");
        Assert.Equal(ReceiverMode.Polling, _standIn.Services.Get<ReceiverStatus>().Mode);

        _standIn.Server.Faults.Remove(fault);
        await Until(
            async () =>
            {
                _standIn.Time.Advance(TimeSpan.FromSeconds(1));
                return await IsRegistered();
            },
            "the webhook is registered");

        Assert.Equal(ReceiverMode.Webhook, _standIn.Services.Get<ReceiverStatus>().Mode);
        Assert.Equal(0, _standIn.Services.Get<ReceiverStatus>().Conflicts);
    }

    [Fact]
    public async Task A_failed_check_does_not_end_a_registered_webhook()
    {
        Start();
        await Until(async () => await IsRegistered(), "the webhook is registered");
        _standIn.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "getWebhookInfo", Times = 3 });

        await Until(
            () =>
            {
                _standIn.Time.Advance(TimeSpan.FromSeconds(30));
                Assert.Equal(ReceiverMode.Webhook, _standIn.Services.Get<ReceiverStatus>().Mode);
                return Task.FromResult(_standIn.Server.Faults.All[0].Hits == 3);
            },
            "three checks fail");

        Assert.Equal(0, _standIn.Bot.Statistics.Polls);
        Assert.True(await IsRegistered());
    }

    [Fact]
    public async Task After_its_failback_the_webhook_has_the_whole_grace_although_a_delivery_fails_at_once()
    {
        Start();
        await Until(async () => await IsRegistered(), "the webhook is registered");
        FailDelivery();
        await PassUntil(() => _standIn.Bot.Statistics.Polls > 0, "the bot polls");
        await PassUntil(() => _standIn.Bot.Webhook.Url == StandIn.Url, "the webhook is registered again");

        FailDelivery();
        long polls = _standIn.Bot.Statistics.Polls;
        DateTimeOffset end = _standIn.Time.GetUtcNow() + TimeSpan.FromSeconds(50);
        await PassUntil(() => _standIn.Time.GetUtcNow() >= end, "50 s pass");

        Assert.Equal(polls, _standIn.Bot.Statistics.Polls);
        Assert.Equal(StandIn.Url, _standIn.Bot.Webhook.Url);
        Assert.DoesNotContain(_standIn.Log.Lines, line => line.Text.Contains("reports: .", StringComparison.Ordinal));
    }

    private void FailDelivery()
    {
        _standIn.Bot.EnqueueText(5, 5, "waiting");
        _standIn.Bot.RecordWebhookError("Connection timed out");
    }

    private Task PassUntil(Func<bool> condition, string expectation) => Until(
        () =>
        {
            _standIn.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(condition());
        },
        expectation);

    private void Start() => _run = RunAsync();

    private async Task RunAsync()
    {
        await using IInstanceLockHandle? handle = await _standIn.Services.Get<IInstanceLock>().TryAcquireAsync(TestContext.Current.CancellationToken);
        await _standIn.Services.Get<SelfHostedWebhook>().RunAsync(handle!, _stop.Token);
    }

    private async Task<bool> IsRegistered() =>
        (await _standIn.Client.GetWebhookInfo(TestContext.Current.CancellationToken)).Url == StandIn.Url;

    private async Task Until(Func<Task<bool>> condition, string expectation)
    {
        Task<bool> pending = condition();
        await Eventually.IsTrue(
            () =>
            {
                if (pending.IsCompletedSuccessfully && pending.Result)
                {
                    return true;
                }

                Assert.False(_run.IsFaulted, _run.Exception?.ToString());
                if (pending.IsCompleted)
                {
                    pending = condition();
                }

                return false;
            },
            expectation);
    }
}
