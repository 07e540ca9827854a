using Azker.BotApi.Faults;
using Azker.Core.Hosting;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Hosting;

/// <summary>The guard of a Functions app runs beside the invocations that ask for it.</summary>
public sealed class GuardRunsTests : IAsyncLifetime
{
    /// <summary>A run tries again after 2, 4, 8 and 16 s.</summary>
    private const int AttemptsOfRun = 5;

    private StandIn _standIn = null!;

    private GuardRuns Runs => _standIn.Services.Get<GuardRuns>();

    public async ValueTask InitializeAsync() => _standIn = await StandIn.StartAsync();

    public ValueTask DisposeAsync() => _standIn.DisposeAsync();

    [Fact]
    public async Task An_invocation_of_the_timer_ends_after_5_s_and_its_run_goes_on_to_register_the_webhook()
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "getWebhookInfo", Times = 3 });

        Task invocation = Runs.RunAsync(TestContext.Current.CancellationToken);
        TimeSpan lasted = await _standIn.Time.PassUntil(() => invocation.IsCompleted, "the invocation ends");
        await invocation;

        Assert.InRange(lasted, GuardRuns.Patience, GuardRuns.Patience + TimeSpan.FromSeconds(1));
        Assert.False(IsRegistered());
        await _standIn.Time.PassUntil(IsRegistered, "the run registers the webhook");
    }

    [Fact]
    public async Task Requests_begin_a_run_and_while_runs_fail_one_a_minute()
    {
        _standIn.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "getWebhookInfo" });

        await Request(TimeSpan.FromSeconds(170));

        Assert.InRange(_standIn.Server.Faults.All.Single().Hits, AttemptsOfRun + 1, 3 * AttemptsOfRun);
    }

    [Fact]
    public async Task After_a_run_that_succeeded_requests_begin_none_until_the_timer_has_been_silent_for_15_minutes()
    {
        await Request(TimeSpan.FromSeconds(1));
        await Eventually.IsTrue(IsRegistered, "the webhook is registered");
        _standIn.Calls();

        await Request(TimeSpan.FromMinutes(14), every: 20);
        Assert.Equal("", _standIn.Calls());

        await Request(TimeSpan.FromMinutes(2), every: 20);
        await Eventually.IsTrue(() => _standIn.Bot.Statistics.Calls.Any(call => call.Method == "getwebhookinfo"), "the webhook is checked");
    }

    /// <summary>Makes a request every few seconds.</summary>
    private async Task Request(TimeSpan time, int every = 1)
    {
        DateTimeOffset end = _standIn.Time.GetUtcNow() + time;
        await _standIn.Time.PassUntil(
            () =>
            {
                Runs.BeginForRequest();
                return _standIn.Time.GetUtcNow() >= end;
            },
            "the time passes",
            step: every);
    }

    private bool IsRegistered() => _standIn.Bot.Statistics.Calls.Any(call => call.Method == "setwebhook");
}
