using Azker.BotApi.Faults;
using Azker.Core.Tests.Shared;
using Azker.Functions.Tests.Hosting;
using Azker.Functions.Tests.Shared;

namespace Azker.Functions.Tests;

/// <summary>Answers that need special settings; each test has its own worker.</summary>
public sealed class WebhookFunctionLimitTests
{
    [Fact]
    public async Task After_its_last_attempt_an_update_is_answered_200_and_kept()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(("MAX_ATTEMPTS", "2"));
        app.Server.Faults.Add(new Fault(FaultKind.Error) { Method = "sendMessage", Status = 400, Text = "Bad Request: can't parse entities" });
        string update = FunctionsFixture.Command(1, "/ping");

        WebhookFunctionTests.AssertEmpty(500, await app.Post(update));
        Assert.Empty(app.DeadLetters());
        WebhookFunctionTests.AssertEmpty(200, await app.Post(update));
        Assert.Equal(update, Assert.Single(app.DeadLetters()));
    }

    [Fact]
    public async Task A_handler_that_runs_out_of_time_is_answered_500_and_so_is_the_same_update_meanwhile()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(("HANDLER_TIMEOUT", "3"));
        app.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = "sendMessage", Times = 1 });
        Task<HttpAnswer> slow = app.Post(FunctionsFixture.Command(1, "/ping"));
        await HandlerRuns(app);

        HttpAnswer same = await app.Post(FunctionsFixture.Command(1, "/ping"));

        WebhookFunctionTests.AssertEmpty(500, same);
        WebhookFunctionTests.AssertEmpty(500, await slow);
        WebhookFunctionTests.AssertEmpty(200, await app.Post(FunctionsFixture.Command(1, "/ping")));
    }

    [Fact]
    public async Task Overload_is_answered_503_with_a_short_Retry_After()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(("MAX_CONCURRENT_UPDATES", "1"));
        app.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = "sendMessage", Times = 1 });
        Task<HttpAnswer> first = app.Post(FunctionsFixture.Command(1, "/ping"));
        await HandlerRuns(app);

        HttpAnswer overloaded = await app.Post(FunctionsFixture.Command(2, "/ping"));

        WebhookFunctionTests.AssertEmpty(503, overloaded);
        Assert.Equal("1", overloaded.Header("Retry-After"));
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_end_exits_with_code_0_although_a_handler_hangs()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync();
        app.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = "sendMessage", Times = 1 });
        Task<HttpAnswer> inFlight = app.Post(FunctionsFixture.Command(1, "/ping"));
        await HandlerRuns(app);

        app.Host.Terminate();

        Assert.Equal(0, await app.Host.Worker.Exit());
        // The worker's library does not wait until its last answers are sent. Telegram sends the update again in both cases.
        Assert.True(!inFlight.IsCompleted || (await inFlight).Status == 503);
    }

    [Fact]
    public async Task The_webhook_is_at_the_path_of_the_settings()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(("WEBHOOK_PATH", "/bots/one"));

        WebhookFunctionTests.AssertEmpty(200, await app.Post(FunctionsFixture.Command(1, "/ping"), FunctionsFixture.Secret, "/bots/one"));
        WebhookFunctionTests.AssertEmpty(404, await app.Post(FunctionsFixture.Command(2, "/ping")));
    }

    private static Task HandlerRuns(FunctionsFixture app) =>
        Eventually.IsTrue(() => app.Server.Faults.All.Any(fault => fault.Hits > 0), "the handler calls sendMessage");
}
