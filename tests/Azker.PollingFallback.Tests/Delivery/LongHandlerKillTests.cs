using Azker.BotApi;
using Azker.BotApi.Bots;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Azker.Processes;

namespace Azker.PollingFallback.Tests.Delivery;

/// <summary>
/// Kills a bot again and again while 20 handlers run and at least 20 more updates are parked; <c>AZKER_TEST_ROUNDS=50</c> gives 100
/// kills.
/// </summary>
public sealed class LongHandlerKillTests : IAsyncLifetime
{
    private const int Chats = 20;
    private const int UnfinishedOfChat = 5;

    /// <summary>Claims of a killed process last 15 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly int Kills = TestRounds.Of(2);

    private readonly string _address = FreePort.TakeAddress();
    private readonly Random _random = new(20260131);
    private readonly List<int>[] _written = [.. Enumerable.Range(0, Chats).Select(_ => new List<int>())];
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
    public async Task A_bot_can_be_killed_at_any_moment(bool byWebhook)
    {
        for (int kill = 0; kill < Kills; kill++)
        {
            ConsoleProcess bot = Start(byWebhook);
            await Eventually.IsTrue(
                () => KeepBusy() && _journal.Running == Chats && _fixture.FilesOf("parked").Count >= 2 * Chats,
                $"{Chats} handlers run, and {Chats} updates are parked behind them",
                Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1500)), TimeProvider.System, CancellationToken.None);
            await bot.Kill();
            _journal.Kill();
        }

        ConsoleProcess last = Start(byWebhook);
        await Eventually.IsTrue(() => Unfinished().Sum() == 0, "all updates are handled", Patience);
        await _fixture.Confirmed(Patience);
        await Eventually.IsTrue(() => _fixture.FilesOf("parked").Count == 0, "no update is parked any more");
        Assert.Equal(0, await last.Stop());

        Assert.Empty(_fixture.FilesOf("dead-letters"));
        Assert.Equal(0, Bot.Statistics.ConflictsAnswered);
        Assert.All(await LedgerDatabase.ReadAsync(Path.Combine(_fixture.Directory, "data", "updates-123456.db")), update => Assert.True(update.IsSettled));
        int repeated = Enumerable.Range(0, Chats).Sum(AssertHandledInOrder);
        TestContext.Current.SendDiagnosticMessage("{0} updates, {1} kills, {2} handled again.", _written.Sum(chat => chat.Count), Kills, repeated);
    }

    /// <summary>
    /// A lane has one update in flight, and it settles the update before the next begins. So a process that follows a kill may begin with
    /// the update that the killed process began last, and with no other update that has begun before.
    /// </summary>
    /// <returns>How many of the chat's updates began again.</returns>
    private int AssertHandledInOrder(int chat)
    {
        List<int> begun = [];
        int repeated = 0;
        foreach (IReadOnlyList<JournalLine> run in _journal.Runs)
        {
            JournalLine[] lines = [.. run.Where(line => line.ChatId == ChatId(chat))];
            Assert.All(lines.Index(), line => Assert.Equal(line.Index % 2 == 0, line.Item.IsBegin));
            Assert.All(lines.Where(line => !line.IsBegin).Zip(lines.Where(line => line.IsBegin)), pair => Assert.Equal(pair.First.UpdateId, pair.Second.UpdateId));
            int[] starts = [.. lines.Where(line => line.IsBegin).Select(line => line.UpdateId)];
            bool isRepeated = starts.Length > 0 && begun.Count > 0 && begun[^1] == starts[0];
            repeated += isRepeated ? 1 : 0;
            begun.AddRange(starts.Skip(isRepeated ? 1 : 0));
        }

        Assert.True(_written[chat].SequenceEqual(begun), $"Chat {ChatId(chat)} has {string.Join(' ', _written[chat])}. Handlers began{Begun(chat)}.");
        return repeated;
    }

    /// <summary>The updates of a chat whose handlers began, and in brackets those that ended, process by process.</summary>
    private string Begun(int chat) => string.Join(';', _journal.Runs.Select(run => string.Concat(
        run.Where(line => line.ChatId == ChatId(chat)).Select(line => line.IsBegin ? $" {line.UpdateId}" : $" ({line.UpdateId})"))));

    /// <summary>Users write so that each chat has updates that wait.</summary>
    private bool KeepBusy()
    {
        int[] unfinished = Unfinished();
        for (int chat = 0; chat < Chats; chat++)
        {
            for (int more = unfinished[chat]; more < UnfinishedOfChat; more++)
            {
                _written[chat].Add(Bot.EnqueueText(ChatId(chat), 5, $"slow {_random.Next(300, 1500)}")!.Value);
            }
        }

        return true;
    }

    /// <summary>How many updates of each chat have not ended.</summary>
    private int[] Unfinished()
    {
        HashSet<int> ended = [.. _journal.Lines.Where(line => !line.IsBegin).Select(line => line.UpdateId)];
        return [.. _written.Select(chat => chat.Count(id => !ended.Contains(id)))];
    }

    private ConsoleProcess Start(bool byWebhook) => _fixture.StartTestBot(
        ("MAX_ATTEMPTS", "100"),
        ("USE_WEBHOOK", $"{byWebhook}"),
        ("WEBHOOK_URL", _address),
        ("WEBHOOK_LISTEN", _address),
        ("ACKNOWLEDGE_AFTER", "0"));

    private static long ChatId(int chat) => 5 + chat;
}
