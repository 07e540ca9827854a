using Azker.BotApi;
using Azker.BotApi.Faults;
using Azker.BotApi.Statistics;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Telegram.Bot;

namespace Azker.PollingFallback.Tests;

public sealed class FallbackTests : IAsyncLifetime
{
    private const string Foreign = "http://127.0.0.1:9/theirs";

    private readonly string _address = ConsoleFixture.FreeAddress();
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync(new BotApiServerOptions { Local = true });

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_foreign_webhook_ends_the_start_with_its_host_and_is_left_alone()
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
    public async Task With_take_over_it_polls_in_the_place_of_a_foreign_webhook()
    {
        await Register(Foreign);
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");

        ConsoleProcess fallback = Fallback("--take-over");

        await _fixture.Answered(1);
        Assert.Equal("", _fixture.Bot.Webhook.Url);
        Assert.Equal(0, await fallback.Stop());
    }

    [Fact]
    public async Task While_the_webhook_receives_it_never_polls()
    {
        // With a lock of its own, the webhook's console leaves the fallback's free.
        ConsoleProcess webhook = Webhook(("DATA_DIR", "elsewhere"));
        await Eventually.IsTrue(() => _fixture.Bot.Webhook.Url.Length > 0, "the webhook is registered");
        ConsoleProcess fallback = Fallback();
        await fallback.Says("The webhook is healthy. Watching it.");

        int looks = Calls("getwebhookinfo");
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await _fixture.Answered(1);
        await Eventually.IsTrue(() => Calls("getwebhookinfo") > looks + 10, "it looks again and again");

        Assert.Equal(0, Calls("getupdates"));
        Assert.Equal(0, await fallback.Stop());
        Assert.False(webhook.HasExited);
        Assert.Equal($"{_address}/webhook", _fixture.Bot.Webhook.Url);
    }

    [Fact]
    public async Task It_polls_in_the_place_of_a_dead_webhook_and_hands_back_when_that_is_well_again()
    {
        ConsoleProcess fallback = await PollingFallback();
        Assert.Matches("Updates are pending, and Telegram reports: .*The webhook is Unhealthy\\.", fallback.Output);

        ConsoleProcess webhook = Webhook();
        await Eventually.IsTrue(() => _fixture.Bot.Webhook.Url == $"{_address}/webhook", "the webhook is registered again");
        _fixture.Bot.EnqueueText(5, 5, "/ping 2");
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.Pending == 0, "it gets the updates");

        UpdateRecord last = _fixture.Bot.Updates[^1];
        Assert.Equal(UpdateRemoval.Accepted, last.Removal);
        Assert.Empty(last.Deliveries);
        Assert.Equal(["pong 1", "pong 2"], _fixture.Bot.Sent.Select(message => message.Text));
        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
        Assert.Equal(0, await fallback.Stop());
        Assert.Equal(0, await webhook.Stop());
    }

    [Fact]
    public async Task Asked_to_stop_while_it_polls_it_finishes_and_confirms_what_is_in_hand()
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
    public async Task Of_two_fallbacks_one_polls_and_the_other_takes_over_when_it_is_killed()
    {
        ConsoleProcess first = await PollingFallback();
        ConsoleProcess second = Fallback();
        await second.Says($"Standby: PID {first.Id} on ");

        await first.Kill();
        await second.Receives();
        _fixture.Bot.EnqueueText(5, 5, "/ping 2");
        await Eventually.IsTrue(() => _fixture.Bot.Sent.Any(message => message.Text == "pong 2"), "the second answers");

        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
        Assert.Equal(0, await second.Stop());
    }

    /// <summary>A fallback that polls, since nobody listens at the webhook's address, and an update waits.</summary>
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
