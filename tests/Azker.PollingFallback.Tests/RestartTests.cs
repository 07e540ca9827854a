using System.Globalization;
using Azker.Azurite;
using Azker.BotApi;
using Azker.BotApi.Statistics;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Azker.Processes;
using Azure.Data.Tables;

namespace Azker.PollingFallback.Tests;

/// <summary>Kills consoles again and again under load; <c>AZKER_TEST_ROUNDS=25</c> gives 100 kills for each test.</summary>
public abstract class RestartTests : IAsyncLifetime
{
    /// <summary>
    /// The claim of a killed console can last for 65 s, and Telegram waits 60 s to 120 s between its later attempts to
    /// deliver.
    /// </summary>
    private static readonly TimeSpan PatienceOfWebhook = TimeSpan.FromSeconds(240);

    private static readonly int Kills = 4 * int.Parse(Environment.GetEnvironmentVariable("AZKER_TEST_ROUNDS") ?? "1", CultureInfo.InvariantCulture);

    private const int MostPendingOfChat = 5;

    private readonly List<ConsoleProcess> _consoles = [];
    private readonly string _address = FreePort.TakeAddress();
    private int _sent;

    private protected ConsoleFixture Fixture { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The settings with which the console uses the ledger.</summary>
    private protected abstract (string Name, string Value)[] Settings { get; }

    /// <summary>Reads the updates that the ledger has as settled, and its other updates.</summary>
    protected abstract Task<(IReadOnlyList<int> Settled, IReadOnlyList<int> Others)> ReadLedgerAsync();

    public virtual async ValueTask InitializeAsync() => Fixture = await ConsoleFixture.CreateAsync(new BotApiServerOptions { Local = true });

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Fixture.DisposeAsync();
    }

    [Fact]
    public Task A_polling_console_can_be_killed_at_any_moment() => Run(chats: 8, Eventually.Patience, UpdateRemoval.Confirmed);

    [Fact]
    public Task A_console_that_serves_the_webhook_can_be_killed_at_any_moment() => Run(
        // The claim of a killed console stops a chat for a while, so there are many more chats than handlers.
        chats: 60,
        PatienceOfWebhook,
        UpdateRemoval.Accepted,
        // After so many kills the console would poll, but this test is about the webhook.
        ("FALLBACK_GRACE", "3600"),
        ("USE_WEBHOOK", "true"), ("WEBHOOK_URL", _address), ("WEBHOOK_LISTEN", _address), ("MAX_CONCURRENT_UPDATES", "8"));

    private async Task Run(int chats, TimeSpan patience, UpdateRemoval removal, params (string Name, string Value)[] mode)
    {
        var random = new Random(20260130);
        using var stop = new CancellationTokenSource();
        Task users = ChatAsync(chats, random, stop.Token);
        for (int kill = 0; kill < Kills; kill++)
        {
            Start(mode);
            await Fixture.Answered(Fixture.Bot.Sent.Count + random.Next(1, 40), patience);
            await _consoles[^1].Kill();
        }

        Start(mode);
        await stop.CancelAsync();
        await users;

        // The killed consoles may have settled everything. Only the last console settles this update, so it runs when it is stopped.
        Write(chats);
        await Eventually.IsTrue(() => Fixture.Bot.Statistics.Pending == 0, "all updates are settled", patience);
        Assert.Equal(0, await _consoles[^1].Stop());

        AssertAnsweredInOrder(chats);
        Assert.All(Fixture.Bot.Updates, update => Assert.Equal(removal, update.Removal));
        Assert.Equal(0, Fixture.Bot.Statistics.ConflictsAnswered);
        (IReadOnlyList<int> settled, IReadOnlyList<int> others) = await ReadLedgerAsync();
        Assert.Equal(Fixture.Bot.Updates.Select(update => update.UpdateId).Order(), settled.Order());
        Assert.Empty(others);
        Assert.DoesNotContain(_consoles, console => console.Output.Contains("corrupt", StringComparison.Ordinal));
    }

    /// <summary>
    /// A lane has one update in flight. So an answer can be repeated only directly after itself in its chat, and a chat has at
    /// most one repeated answer for each kill.
    /// </summary>
    private void AssertAnsweredInOrder(int chats)
    {
        ILookup<long, int> answers = Fixture.Bot.Sent.OrderBy(message => message.Sequence)
            .ToLookup(message => message.ChatId, message => int.Parse(message.Text["pong ".Length..], CultureInfo.InvariantCulture));
        for (int chat = 0; chat < chats; chat++)
        {
            List<int> all = [.. answers[ChatId(chat)]];
            List<int> once = [.. all.Where((answer, index) => index == 0 || all[index - 1] != answer)];
            Assert.Equal(Enumerable.Range(0, _sent).Where(number => number % chats == chat), once);
            Assert.InRange(all.Count - once.Count, 0, Kills);
        }

        TestContext.Current.SendDiagnosticMessage("{0} updates, {1} kills, {2} handled twice.", _sent, Kills, Fixture.Bot.Sent.Count - _sent);
    }

    private async Task ChatAsync(int chats, Random random, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            // The limit keeps the number of updates that are left at the end small, even on a slow machine.
            if (Fixture.Bot.Statistics.Pending < MostPendingOfChat * chats)
            {
                Write(chats);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(5, 30)), TimeProvider.System, CancellationToken.None);
        }
    }

    private void Write(int chats) => Fixture.Bot.EnqueueText(ChatId(_sent % chats), 5, $"/ping {_sent++}");

    private void Start((string Name, string Value)[] mode) => _consoles.Add(Fixture.Start([], [("MAX_ATTEMPTS", "100"), .. mode, .. Settings]));

    private static long ChatId(int chat) => 5 + chat;
}

public sealed class FileLedgerRestartTests : RestartTests
{
    private protected override (string Name, string Value)[] Settings => [("UPDATE_LEDGER", "file")];

    protected override async Task<(IReadOnlyList<int> Settled, IReadOnlyList<int> Others)> ReadLedgerAsync()
    {
        string directory = Path.GetDirectoryName(Fixture.PidFile)!;
        Assert.Empty(Directory.GetFiles(directory, "*.corrupt-*"));
        ILookup<bool, int> isSettled = (await LedgerDatabase.ReadAsync(Path.Combine(directory, "updates-123456.db")))
            .ToLookup(update => update.IsSettled, update => update.Id);
        return ([.. isSettled[true]], [.. isSettled[false]]);
    }
}

public sealed class TableLedgerRestartTests : RestartTests
{
    private AzuriteServer _azurite = null!;

    private protected override (string Name, string Value)[] Settings => [("UPDATE_LEDGER", "table"), ("AzureWebJobsStorage", _azurite.ConnectionString)];

    public override async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteServer.StartAsync(Token);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    protected override async Task<(IReadOnlyList<int> Settled, IReadOnlyList<int> Others)> ReadLedgerAsync()
    {
        List<TableLedgerRow> rows = await new TableClient(_azurite.ConnectionString, "AzkerUpdates123456")
            .QueryAsync<TableLedgerRow>(cancellationToken: Token).ToListAsync(Token);
        ILookup<bool, int> isSettled = rows.ToLookup(row => row.State == TableLedgerRow.Done, row => int.Parse(row.RowKey, CultureInfo.InvariantCulture));
        return ([.. isSettled[true]], [.. isSettled[false]]);
    }
}
