using Azker.BotApi.Faults;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Webhook.Registration;

public sealed class ScheduledWebhookGuardTests : IAsyncLifetime
{
    private const int FailedEvent = 3104;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private StandIn _standIn = null!;

    public async ValueTask InitializeAsync() => _standIn = await StandIn.StartAsync();

    public ValueTask DisposeAsync() => _standIn.DisposeAsync();

    [Fact]
    public async Task A_failed_run_is_repeated_within_a_minute()
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "getWebhookInfo", Times = 3 });
        Task<WebhookGuardResult> run = Run();
        Assert.False(run.IsCompleted);

        await _standIn.Time.PassUntil(() => run.IsCompleted, "the run ends", most: Minute);

        Assert.Equal(WebhookGuardOutcome.Registered, (await run).Outcome);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_for_a_moment_does_not_leave_the_bot_without_its_webhook()
    {
        string record = _standIn.Services.Data["receiver-123456.json"];
        Directory.CreateDirectory(record);
        Task<WebhookGuardResult> run = Run();
        await Eventually.IsTrue(() => _standIn.Log.Of<WebhookGuard>(FailedEvent).Any(), "the first try has failed");

        Directory.Delete(record);
        await _standIn.Time.PassUntil(() => run.IsCompleted, "the run ends", most: Minute);

        Assert.Equal(WebhookGuardOutcome.Registered, (await run).Outcome);
    }

    [Fact]
    public async Task A_run_that_fails_for_a_minute_ends()
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "getWebhookInfo" });
        Task<WebhookGuardResult> run = Run();

        await _standIn.Time.PassUntil(() => run.IsCompleted, "the run ends", most: Minute);

        Assert.Equal(WebhookGuardOutcome.Failed, (await run).Outcome);
        Assert.Equal(5, _standIn.Server.Faults.All.Single().Hits);
    }

    [Fact]
    public async Task A_server_that_asks_for_a_longer_wait_is_not_called_again()
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.TooManyRequests) { Method = "getWebhookInfo", RetryAfter = 61 });

        WebhookGuardResult result = await Eventually.Completes(Run());

        Assert.Equal(WebhookGuardOutcome.Failed, result.Outcome);
        Assert.Equal(1, _standIn.Server.Faults.All.Single().Hits);
    }

    private Task<WebhookGuardResult> Run() => _standIn.Services.Get<ScheduledWebhookGuard>().RunAsync(TestContext.Current.CancellationToken);
}
