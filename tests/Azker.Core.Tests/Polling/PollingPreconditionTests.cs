using System.Net;
using Azker.BotApi;
using Azker.Core.Polling;
using Azker.Core.Tests.Shared;
using Telegram.Bot;

namespace Azker.Core.Tests.Polling;

/// <summary>A dev box never takes the updates from a deployed bot, and its own webhook never makes a 409.</summary>
public sealed class PollingPreconditionTests : IAsyncLifetime
{
    private const string Deployed = "https://deployed.example.com/hook/very-secret-path";

    private PollingFixture _polling = null!;
    private TelegramBotClient _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _polling = await PollingFixture.CreateAsync(new BotApiServerOptions { Resolver = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34")]) });
        _owner = new TelegramBotClient(new TelegramBotClientOptions(Settings.Token, _polling.Server.Url));
        await _owner.SetWebhook(Deployed, cancellationToken: TestContext.Current.CancellationToken);
        _polling.Bot.EnqueueText(5, 5, "/ping kept");
    }

    public ValueTask DisposeAsync() => _polling.DisposeAsync();

    [Fact]
    public async Task A_foreign_webhook_ends_the_run_with_its_host_and_is_not_changed()
    {
        ForeignWebhookException error = await Assert.ThrowsAsync<ForeignWebhookException>(() => _polling.Start());

        Assert.Contains("https://deployed.example.com,", error.Message, StringComparison.Ordinal);
        Assert.Contains("--take-over", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret-path", error.Message, StringComparison.Ordinal);
        Assert.Equal(Deployed, await WebhookUrl());
        Assert.Equal(0, _polling.Bot.Statistics.Polls);
    }

    [Fact]
    public async Task Our_own_webhook_is_deleted_and_its_pending_updates_are_received()
    {
        _ = _polling.Start(null, ("WEBHOOK_URL", Deployed), ("WEBHOOK_PATH", "/hook/very-secret-path"));

        await _polling.PassUntil(() => _polling.Bot.Sent.Count == 1, "the pending update is answered");

        Assert.Equal("", await WebhookUrl());
        Assert.Equal(0, _polling.Bot.Statistics.ConflictsAnswered);
    }

    [Fact]
    public async Task A_webhook_that_another_program_sets_while_we_poll_ends_the_run_after_one_409()
    {
        await _owner.DeleteWebhook(cancellationToken: TestContext.Current.CancellationToken);
        Task run = _polling.Start();
        await _polling.PassUntil(() => _polling.Bot.Sent.Count == 1, "the update is answered");
        await _polling.WaitForPoll();
        _polling.Time.Advance(TimeSpan.FromSeconds(2));

        await _owner.SetWebhook(Deployed, cancellationToken: TestContext.Current.CancellationToken);
        await _polling.PassUntil(() => run.IsCompleted, "the run ends");

        await Assert.ThrowsAsync<ForeignWebhookException>(() => run);
        Assert.Single(_polling.Log.Of<PollingReceiver>(2031));
        Assert.Equal(Deployed, await WebhookUrl());
    }

    [Fact]
    public async Task A_drop_whose_answer_is_lost_is_not_repeated()
    {
        await _owner.DeleteWebhook(cancellationToken: TestContext.Current.CancellationToken);
        _polling.Bot.ResetStatistics();
        _polling.Server.Faults.Add(new Azker.BotApi.Faults.Fault(Azker.BotApi.Faults.FaultKind.ResetMidResponse) { Method = "deleteWebhook", Times = 1 });
        _polling.Order = options => options.DropPending = true;
        _ = _polling.Start();
        await _polling.PassUntil(() => _polling.Bot.Statistics.Calls.Any(call => call.Method == "deletewebhook"), "the order arrives");
        _polling.Bot.EnqueueText(5, 5, "/ping later");

        await _polling.PassUntil(() => _polling.Bot.Sent.Count > 0, "the later update is answered");

        Assert.Equal("pong later", Assert.Single(_polling.Bot.Sent).Text);
    }

    private async Task<string> WebhookUrl() => (await _owner.GetWebhookInfo(TestContext.Current.CancellationToken)).Url;
}
