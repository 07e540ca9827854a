using System.Collections.Concurrent;
using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Azker.Core.Tests.Webhook.Pushing;
using Azker.Core.Updates;
using Azker.Core.Webhook;

namespace Azker.Core.Tests.Webhook;

public sealed class WebhookOverloadTests : IAsyncDisposable
{
    private const int Slots = 4;
    private const int Connections = 100;

    private readonly ConcurrentQueue<ReceivedUpdate> _handled = new();
    private readonly Services _services;
    private readonly TelegramPush _telegram;
    private TimeSpan _work = TimeSpan.FromSeconds(1);
    private int _running;
    private int _mostRunning;
    private int _lastId;

    public WebhookOverloadTests()
    {
        _services = new Services(
            [
                (SettingNames.WebhookSecret, "secret"), (SettingNames.MaxConcurrentUpdates, $"{Slots}"), (SettingNames.MaxBackgroundUpdates, "1"),
                (SettingNames.WebhookMaxConnections, $"{Connections}"), (SettingNames.UpdateLedger, "memory"),
            ],
            new TestHandler(_ => true, HandleAsync));
        _telegram = new TelegramPush(Post, _services.Time, Connections);
    }

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Ten_times_the_possible_load_for_a_minute_loses_no_update_and_keeps_the_order_of_each_chat()
    {
        const int Fits = Slots;
        for (int second = 0; second < 60; second++)
        {
            for (int i = 0; i < 10 * Fits; i++)
            {
                Enqueue(chat: 1 + (_lastId % 200), "message", TimeSpan.FromHours(24));
            }

            await Pass(TimeSpan.FromSeconds(1));
            Assert.InRange(_telegram.InFlight, 0, 3 * Slots);
        }

        int handledUnderLoad = _handled.Count;
        _work = TimeSpan.Zero;
        await Drain();

        // Handlers start at both ends of the minute: in 60 s of handlers that take 1 s, each slot has 61 starts at most.
        Assert.InRange(handledUnderLoad, 60 * Fits / 2, 61 * Fits);
        Assert.InRange(_mostRunning, 1, Slots);
        Assert.Empty(_telegram.Dropped);
        Assert.Empty(_services.DeadLetters());
        Assert.Equal(Enumerable.Range(1, 2400), _handled.Select(update => update.Id).Order());
        Assert.All(_handled.GroupBy(update => update.Key), chat => Assert.Equal(chat.Select(update => update.Id).Order(), chat.Select(update => update.Id)));
        Assert.Equal([new WebhookOutcome(200), new WebhookOutcome(503, RetryAfterSeconds: 1)], _telegram.Answers.Distinct().OrderBy(answer => answer.StatusCode));
    }

    [Fact]
    public async Task An_update_that_would_expire_before_a_slot_is_free_is_parked_and_handled_later()
    {
        _work = TimeSpan.FromSeconds(45);
        for (int i = 0; i < 3 * Slots; i++)
        {
            Enqueue(chat: 1 + i, "message", TimeSpan.FromHours(24));
        }

        await Pass(TimeSpan.FromSeconds(0.25));
        Enqueue(chat: 100, "inline_query", TimeSpan.FromSeconds(30));
        await Pass(TimeSpan.FromSeconds(0.5));
        await Eventually.IsTrue(() => Parked() == 1, "the query is parked");
        await Pass(TimeSpan.FromSeconds(40));

        Assert.Empty(_telegram.Dropped);
        Assert.Empty(_services.DeadLetters());
        _work = TimeSpan.Zero;
        await Drain();
        await Pass(TimeSpan.FromSeconds(60));
        Assert.Equal((3 * Slots) + 1, _handled.Count);
        Assert.Equal(0, Parked());
    }

    private int Parked() => Directory.Exists(_services.Data["parked"]) ? Directory.GetFiles(_services.Data["parked"], "*", SearchOption.AllDirectories).Length : 0;

    private async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        int running = Interlocked.Increment(ref _running);
        _mostRunning = Math.Max(_mostRunning, running);
        _handled.Enqueue(update);
        if (_work > TimeSpan.Zero)
        {
            await Task.Delay(_work, _services.Time, cancellationToken);
        }

        Interlocked.Decrement(ref _running);
    }

    private void Enqueue(long chat, string kind, TimeSpan lifetime)
    {
        int id = ++_lastId;
        string payload = kind == "message"
            ? $$$"""{"message_id":1,"date":{{{Now.ToUnixTimeSeconds()}}},"chat":{"id":{{{chat}}},"type":"private"}}"""
            : $$$"""{"id":"1","from":{"id":{{{chat}}},"is_bot":false,"first_name":"A"},"query":"","offset":""}""";
        byte[] json = System.Text.Encoding.UTF8.GetBytes($$"""{"update_id":{{id}},"{{kind}}":{{payload}}}""");
        _telegram.Enqueue(new PushedUpdate(id, chat, json, Now + lifetime));
    }

    private Task<WebhookOutcome> Post(byte[] json) => _services.Get<WebhookReceiver>().ReceiveAsync(
        new WebhookRequest
        {
            Method = "POST",
            SecretTokens = ["secret"],
            ContentType = "application/json",
            ContentLength = json.Length,
            Body = new MemoryStream(json),
        },
        TestContext.Current.CancellationToken);

    private async Task Drain()
    {
        for (int second = 0; _telegram.Pending > 0; second++)
        {
            Assert.InRange(second, 0, 3600);
            await Pass(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Lets virtual time pass in steps, and waits after each step until everything has happened that can.</summary>
    private async Task Pass(TimeSpan span)
    {
        TimeSpan step = TimeSpan.FromSeconds(0.25);
        for (TimeSpan passed = TimeSpan.Zero; passed < span; passed += step)
        {
            for (int quiet = 0; quiet < 2; quiet = _telegram.Proceed() ? 0 : quiet + 1)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            _services.Time.Advance(step);
        }
    }
}
