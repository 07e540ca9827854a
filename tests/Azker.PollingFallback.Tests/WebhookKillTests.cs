using System.Globalization;
using Azker.BotApi;
using Azker.BotApi.Statistics;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests;

/// <summary>A console that serves the webhook, killed again and again. <c>AZKER_TEST_ROUNDS=10</c> gives 50 kills.</summary>
public sealed class WebhookKillTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync(new BotApiServerOptions { Local = true });

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task After_kills_at_random_moments_under_load_nothing_is_lost_and_only_what_was_in_hand_is_repeated()
    {
        var random = new Random(20260130);
        string address = ConsoleFixture.FreeAddress();
        int sent = 0;
        using var stop = new CancellationTokenSource();
        Task users = ChatAsync();
        for (int kill = 0; kill < TestRounds.Of(5); kill++)
        {
            ConsoleProcess console = Serve(address);
            await _fixture.Answered(_fixture.Bot.Sent.Count + random.Next(1, 40));
            await console.Kill();
        }

        ConsoleProcess last = Serve(address);
        await stop.CancelAsync();
        await users;
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.Pending == 0, "all is accepted");
        Assert.Equal(0, await last.Stop());

        var updates = _fixture.Bot.Updates.Select((update, number) => (update, number)).ToDictionary(pair => pair.number, pair => pair.update);
        var answers = _fixture.Bot.Sent.GroupBy(message => int.Parse(message.Text["pong ".Length..], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(0, sent), answers.Select(answer => answer.Key).Order());
        Assert.All(updates.Values, update => Assert.Equal(UpdateRemoval.Accepted, update.Removal));
        // Telegram sends an update again only when a kill cut off its answer.
        Assert.All(answers, answer => Assert.InRange(answer.Count(), 1, updates[answer.Key].Attempts.Count(attempt => attempt.IsSent)));
        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);

        async Task ChatAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                _fixture.Bot.EnqueueText(5 + random.Next(8), 5, $"/ping {sent++}");
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(5, 30)), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private ConsoleProcess Serve(string address) =>
        _fixture.Start([], ("USE_WEBHOOK", "true"), ("WEBHOOK_URL", address), ("WEBHOOK_LISTEN", address));
}
