using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Azker.Processes;

namespace Azker.PollingFallback.Tests.Delivery;

/// <summary>Handlers that run until the test releases them, in a real process.</summary>
public sealed class LongHandlerTests : IAsyncLifetime
{
    private readonly string _address = FreePort.TakeAddress();
    private ConsoleFixture _fixture = null!;
    private BotJournal _journal = null!;

    private BotAccount Bot => _fixture.Bot;

    public async ValueTask InitializeAsync()
    {
        _fixture = await ConsoleFixture.CreateAsync(new BotApiServerOptions { Local = true });
        _journal = new BotJournal(_fixture.Directory);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_takes_longer_than_ACKNOWLEDGE_AFTER_runs_once_and_leaves_its_place_to_others(bool byWebhook)
    {
        ConsoleProcess bot = Start(byWebhook, ("ACKNOWLEDGE_AFTER", "1"), ("MAX_CONCURRENT_UPDATES", "1"), ("MAX_ATTEMPTS", "1"));
        int held = Bot.EnqueueText(5, 5, "hold")!.Value;
        await Eventually.IsTrue(() => _journal.Running == 1, "the handler runs");

        Bot.EnqueueText(6, 6, "quick");
        await _fixture.Answered(1);
        if (byWebhook)
        {
            await _fixture.Confirmed();
        }

        Bot.EnqueueText(5, 5, "behind");
        _journal.Release();
        await _fixture.Answered(3);
        await StopWhenConfirmed(bot);

        Assert.Equal(["quick", "hold", "behind"], Bot.Sent.Select(message => message.Text));
        Assert.Equal([new JournalLine(true, 5, held), new JournalLine(false, 5, held)], _journal.Lines);
        Assert.True(!byWebhook || Bot.Updates[0].Attempts is [{ IsAccepted: true }]);
    }

    [Fact]
    public async Task Slow_updates_of_one_chat_keep_300_other_chats_from_nothing_although_a_poll_gets_100_updates()
    {
        ConsoleProcess bot = Start(byWebhook: false);
        string[] slow = [.. Enumerable.Range(0, 10).Select(number => $"hold {number}")];
        foreach (string text in slow)
        {
            Bot.EnqueueText(5, 5, text);
        }

        foreach (int chat in Enumerable.Range(100, 300))
        {
            Bot.EnqueueText(chat, 5, "quick");
        }

        await _fixture.Answered(300);
        Assert.Empty(_fixture.TextsTo(5));
        Assert.Equal(1, _journal.Running);

        _journal.Release();
        await _fixture.Answered(310);
        await StopWhenConfirmed(bot);

        Assert.Equal(slow, _fixture.TextsTo(5));
        Assert.Equal(310, Bot.Sent.Count);
    }

    [Fact]
    public async Task A_killed_webhook_goes_on_with_its_parked_updates_when_it_starts_and_waits_for_no_new_update()
    {
        (string Name, string Value)[] parksAtOnce = [("ACKNOWLEDGE_AFTER", "0")];
        ConsoleProcess killed = Start(byWebhook: true, parksAtOnce);
        Bot.EnqueueText(5, 5, "hold 1");
        Bot.EnqueueText(5, 5, "hold 2");
        await Eventually.IsTrue(() => _journal.Running == 1 && Bot.Statistics.Pending == 0, "the updates are confirmed while a handler runs");
        await killed.Kill();

        _journal.Release();
        ConsoleProcess next = Start(byWebhook: true, parksAtOnce);
        await _fixture.Answered(2);
        await StopWhenConfirmed(next);

        Assert.Equal(["hold 1", "hold 2"], _fixture.TextsTo(5));
    }

    private ConsoleProcess Start(bool byWebhook, params (string Name, string Value)[] settings) => _fixture.StartTestBot(
        [("USE_WEBHOOK", $"{byWebhook}"), ("WEBHOOK_URL", _address), ("WEBHOOK_LISTEN", _address), .. settings]);

    private async Task StopWhenConfirmed(ConsoleProcess bot)
    {
        await _fixture.Confirmed();
        await Eventually.IsTrue(() => _fixture.FilesOf("parked").Count == 0, "no update is parked any more");
        Assert.Equal(0, await bot.Stop());
        Assert.Empty(_fixture.FilesOf("dead-letters"));
    }
}
