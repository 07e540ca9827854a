using Azker.BotApi;
using Azker.BotApi.Faults;
using Azker.BotApi.Statistics;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Azker.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.PollingFallback.Tests;

public sealed class FallbackTests : IAsyncLifetime
{
    private const string Foreign = "http://127.0.0.1:9/theirs";

    private readonly string _address = FreePort.TakeAddress();
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync(new BotApiServerOptions { Local = true });

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_foreign_webhook_ends_the_start_with_a_message_that_names_it_and_stays()
    {
        await Register(Foreign);

        ConsoleProcess fallback = Fallback();

        Assert.Equal(75, await fallback.Exit());
        Assert.Contains("http://127.0.0.1:9,", fallback.Errors, StringComparison.Ordinal);
        Assert.Contains("--take-over", fallback.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", fallback.Errors + fallback.Output, StringComparison.Ordinal);
        Assert.Equal(Foreign, _fixture.Bot.Webhook.Url);
    }

    [Fact]
    public async Task With_take_over_the_fallback_polls_in_place_of_a_foreign_webhook()
    {
        await Register(Foreign);
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");

        ConsoleProcess fallback = Fallback("--take-over");

        await _fixture.Answered(1);
        Assert.Equal("", _fixture.Bot.Webhook.Url);
        Assert.Equal(0, await fallback.Stop());
    }

    [Fact]
    public async Task While_the_webhook_receives_the_fallback_never_polls()
    {
        // The webhook's console has a lock of its own, so the lock of the fallback stays free.
        ConsoleProcess webhook = Webhook(("DATA_DIR", "elsewhere"));
        await Eventually.IsTrue(() => _fixture.Bot.Webhook.Url.Length > 0, "the webhook is registered");
        ConsoleProcess fallback = Fallback();
        await fallback.Says("The webhook is healthy. Watching it.");

        int checks = Calls("getwebhookinfo");
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await _fixture.Answered(1);
        await Eventually.IsTrue(() => Calls("getwebhookinfo") > checks + 10, "the fallback checks the webhook again and again");

        Assert.Equal(0, Calls("getupdates"));
        Assert.Equal(0, await fallback.Stop());
        Assert.False(webhook.HasExited);
        Assert.Equal($"{_address}/webhook", _fixture.Bot.Webhook.Url);
    }

    [Fact]
    public async Task A_healthy_webhook_that_answers_503_to_one_update_is_not_replaced()
    {
        int pushes = 0;
        await using WebApplication webhook = await Serve(app =>
        {
            app.MapGet("/health", () => Results.Json(new { active = true }));
            app.MapPost("/webhook", () =>
            {
                Interlocked.Increment(ref pushes);
                return Results.StatusCode(503);
            });
        });
        await Register($"{_address}/webhook");
        ConsoleProcess fallback = Fallback();
        await fallback.Says("The webhook is healthy. Watching it.");

        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await Eventually.IsTrue(() => Volatile.Read(ref pushes) >= 4, "Telegram has tried for several times the grace");

        Assert.Equal(0, Calls("getupdates"));
        Assert.Equal($"{_address}/webhook", _fixture.Bot.Webhook.Url);
        Assert.DoesNotContain("Unhealthy", fallback.Output, StringComparison.Ordinal);
        Assert.Equal(0, await fallback.Stop());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("deleteWebhook")]
    public async Task A_console_that_serves_the_webhook_stops_although_Telegram_is_silent_and_says_what_it_left(string? method)
    {
        ConsoleProcess webhook = Webhook(("SHUTDOWN_TIMEOUT", "1"));
        await Eventually.IsTrue(() => _fixture.Bot.Webhook.Url.Length > 0, "the webhook is registered");
        _fixture.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = "sendMessage" });
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await Eventually.IsTrue(() => _fixture.Server.Faults.All.Single().Hits > 0, "the handler waits for Telegram");
        _fixture.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = method });

        Assert.Equal(0, await webhook.Stop());

        Assert.Contains(
            method is null ? "The webhook stays registered, and Telegram calls it." : "The call was sent, so Telegram may carry it out later.",
            webhook.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fallback_polls_in_place_of_a_dead_webhook_and_fails_back_when_the_webhook_is_healthy_again()
    {
        ConsoleProcess fallback = await PollingFallback();
        Assert.Contains("The webhook is Unhealthy. Updates are pending", fallback.Output, StringComparison.Ordinal);

        ConsoleProcess webhook = Webhook();
        await Eventually.IsTrue(() => _fixture.Bot.Webhook.Url == $"{_address}/webhook", "the webhook is registered again");
        _fixture.Bot.EnqueueText(5, 5, "/ping 2");
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.Pending == 0, "the webhook gets the updates");

        UpdateRecord last = _fixture.Bot.Updates[^1];
        Assert.Equal(UpdateRemoval.Accepted, last.Removal);
        Assert.Empty(last.Deliveries);
        Assert.Equal(["pong 1", "pong 2"], _fixture.Bot.Sent.Select(message => message.Text));
        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
        Assert.Equal(0, await fallback.Stop());
        Assert.Equal(0, await webhook.Stop());
    }

    [Fact]
    public async Task A_fallback_that_is_stopped_while_it_polls_finishes_and_confirms_the_updates_in_flight()
    {
        ConsoleProcess fallback = await PollingFallback();
        _fixture.Server.Faults.Add(new Fault(FaultKind.Delay) { Method = "sendMessage", Delay = TimeSpan.FromSeconds(1) });
        _fixture.Bot.EnqueueText(5, 5, "/ping 2");
        await _fixture.Answered(2);

        Assert.Equal(0, await fallback.Stop());

        Assert.All(_fixture.Bot.Updates, update => Assert.Equal(UpdateRemoval.Confirmed, update.Removal));
        Assert.Equal(["pong 1", "pong 2"], _fixture.Bot.Sent.Select(message => message.Text));
        Assert.False(File.Exists(_fixture.PidFile));
    }

    [Fact]
    public async Task The_second_fallback_takes_over_when_the_fallback_that_polls_is_killed()
    {
        ConsoleProcess first = await PollingFallback();
        ConsoleProcess second = Fallback();
        await second.Says($"Standby: PID {first.Id} on ");

        await first.Kill();
        await second.Receives();
        _fixture.Bot.EnqueueText(5, 5, "/ping 2");
        await Eventually.IsTrue(() => _fixture.Bot.Sent.Any(message => message.Text == "pong 2"), "the second fallback answers");

        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
        Assert.Equal(0, await second.Stop());
    }

    /// <summary>Serves the webhook in place of a console.</summary>
    private async Task<WebApplication> Serve(Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(_address);
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    /// <summary>Starts a fallback that polls, since no program listens at the webhook's address and an update is pending.</summary>
    private async Task<ConsoleProcess> PollingFallback()
    {
        await Register($"{_address}/webhook");
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        ConsoleProcess fallback = Fallback();
        await fallback.Receives();
        await _fixture.Answered(1);
        return fallback;
    }

    private ConsoleProcess Fallback(params string[] arguments) => Start(arguments);

    private ConsoleProcess Webhook(params (string Name, string Value)[] settings) =>
        Start(["--standby"], [("WEBHOOK_LISTEN", _address), .. settings]);

    private ConsoleProcess Start(string[] arguments, params (string Name, string Value)[] settings) => _fixture.Start(
        arguments,
        [
            ("USE_WEBHOOK", "true"),
            ("WEBHOOK_URL", _address),
            ("FALLBACK_GRACE", "1"),
            ("FAILBACK_DELAY", "1"),
            ("FALLBACK_CHECK_INTERVAL", "0.2"),
            .. settings,
        ]);

    private Task Register(string url) =>
        new TelegramBotClient(new TelegramBotClientOptions(ConsoleFixture.Token, _fixture.Server.Url)).SetWebhook(url, cancellationToken: TestContext.Current.CancellationToken);

    private int Calls(string method) => (int)_fixture.Bot.Statistics.Calls.Where(call => call.Method == method).Sum(call => call.Count);
}
