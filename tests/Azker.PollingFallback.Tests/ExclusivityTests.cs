using System.Globalization;
using Azker.BotApi.Statistics;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests;

/// <summary>
/// Starts and kills real processes many times. <c>AZKER_TEST_ROUNDS</c> multiplies the rounds: 10 gives 200 starts of two
/// consoles and 50 kills.
/// </summary>
public sealed class ExclusivityTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Of_two_consoles_started_at_once_exactly_one_runs(int queued)
    {
        int sent = 0;
        for (int round = 0; round < TestRounds.Of(10); round++)
        {
            Send(queued);
            ConsoleProcess[] both = [_fixture.Start([]), _fixture.Start([])];
            await Eventually.IsTrue(() => both.Any(console => console.HasExited), "one of the two consoles ends");
            ConsoleProcess refused = both.Single(console => console.HasExited);
            ConsoleProcess running = both.Single(console => console != refused);
            Send(3);
            await _fixture.Answered(sent);

            Assert.Equal(75, await refused.Exit());
            Assert.Equal(0, await running.Stop());
        }

        AssertHandledOnce(sent);

        void Send(int count)
        {
            for (int i = 0; i < count; i++)
            {
                _fixture.Bot.EnqueueText(5 + i, 5, $"/ping {sent++}");
            }
        }
    }

    [Fact]
    public async Task After_a_kill_at_a_random_moment_the_next_start_works_at_once_and_nothing_is_lost()
    {
        var random = new Random(20260130);
        int sent = 0;
        using var stop = new CancellationTokenSource();
        Task users = ChatAsync();
        for (int round = 0; round < TestRounds.Of(5); round++)
        {
            ConsoleProcess console = _fixture.Start([]);
            await console.Receives();
            int answered = _fixture.Bot.Sent.Count;
            await _fixture.Answered(answered + random.Next(1, 20));
            await console.Kill();
            Assert.True(File.Exists(_fixture.PidFile));
        }

        ConsoleProcess last = _fixture.Start([]);
        await stop.CancelAsync();
        await users;
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.Pending == 0, "all updates are confirmed");
        Assert.Equal(0, await last.Stop());

        ILookup<int, UpdateRecord> updates = _fixture.Bot.Updates.Select((update, number) => (update, number)).ToLookup(pair => pair.number, pair => pair.update);
        var answers = _fixture.Bot.Sent.GroupBy(message => int.Parse(message.Text["pong ".Length..], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(0, sent), answers.Select(answer => answer.Key).Order());
        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
        Assert.All(_fixture.Bot.Updates, update => Assert.Equal(UpdateRemoval.Confirmed, update.Removal));
        // An update is answered again only when a kill came between its answer and its settling, so that Telegram delivered it again,
        // or so that it was still in the store of parked updates.
        Assert.All(answers, answer => Assert.InRange(answer.Count(), 1, Math.Max(updates[answer.Key].Single().Deliveries.Count, 1 + TestRounds.Of(5))));

        async Task ChatAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                _fixture.Bot.EnqueueText(5 + random.Next(4), 5, $"/ping {sent++}");
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(5, 30)), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private void AssertHandledOnce(int sent)
    {
        Assert.Equal(Enumerable.Range(0, sent).Select(i => $"pong {i}").Order(), _fixture.Bot.Sent.Select(message => message.Text).Order());
        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
        Assert.All(_fixture.Bot.Updates, update => Assert.Equal(UpdateRemoval.Confirmed, update.Removal));
    }
}
