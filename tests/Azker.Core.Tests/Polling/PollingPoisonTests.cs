using System.Collections.Concurrent;
using Azker.BotApi.Statistics;
using Azker.Core.Delivery;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Polling;

/// <summary>Chats whose updates cannot be handled, among healthy chats.</summary>
public sealed class PollingPoisonTests : IAsyncLifetime
{
    private const int FirstHealthyChat = 1001;
    private const int AttemptFailedEvent = 4001;

    private readonly ConcurrentQueue<ReceivedUpdate> _handled = new();
    private int _failedAttempts;
    private volatile bool _isAllBroken;
    private PollingFixture _polling = null!;

    public async ValueTask InitializeAsync() => _polling = await PollingFixture.CreateAsync();

    public ValueTask DisposeAsync() => _polling.DisposeAsync();

    [Fact]
    public async Task Eighty_poison_chats_delay_no_healthy_one()
    {
        Write(poisonChats: 80, healthyChats: 20);

        _ = _polling.Start(HandleAsync);

        // No virtual time passes.
        await Eventually.IsTrue(() => _handled.Count == 20, "the healthy chats are answered");
        await Eventually.IsTrue(() => _polling.Log.Of<DeliveryLoop>(AttemptFailedEvent).Count() == 80, "the poison updates wait for another attempt");
        Assert.Equal(80, _failedAttempts);

        for (int round = 0; round < 10; round++)
        {
            Write(poisonChats: 0, healthyChats: 20);
        }

        await _polling.PassUntil(() => _handled.Count == 220, "the healthy chats are answered though the poison updates filled the window");
        Assert.InRange(_failedAttempts, 80, (80 * 5) - 1);
        await IsNothingLost(poison: 80, healthy: 220);
    }

    [Fact]
    public async Task One_poison_update_delays_no_stream_of_others()
    {
        _ = _polling.Start(HandleAsync);
        Write(poisonChats: 1, healthyChats: 20);
        for (int round = 0; round < 20; round++)
        {
            Write(poisonChats: 0, healthyChats: 20);
        }

        await _polling.PassUntil(() => _handled.Count == 420, "the healthy chats are answered");

        Assert.InRange(_failedAttempts, 1, 3);
        await IsNothingLost(poison: 1, healthy: 420);
    }

    [Fact]
    public async Task Healthy_chats_behind_more_poison_than_the_window_holds_are_reached_and_no_update_is_lost()
    {
        for (int round = 0; round < 3; round++)
        {
            Write(poisonChats: 80, healthyChats: 0);
        }

        Write(poisonChats: 0, healthyChats: 20);
        _ = _polling.Start(HandleAsync);

        await IsNothingLost(poison: 240, healthy: 20);
        Assert.Equal(240 * 5, _failedAttempts);
    }

    [Fact]
    public async Task While_no_update_can_be_handled_none_is_given_up_on_before_its_attempts_are_used_up()
    {
        _isAllBroken = true;
        for (int round = 0; round < 10; round++)
        {
            Write(poisonChats: 0, healthyChats: 20);
        }

        _ = _polling.Start(HandleAsync);
        await _polling.PassUntil(() => _failedAttempts >= 60, "attempts fail");

        _isAllBroken = false;

        await IsNothingLost(poison: 0, healthy: 200);
    }

    private Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        if (update.Key.Id < FirstHealthyChat || _isAllBroken)
        {
            Interlocked.Increment(ref _failedAttempts);
            throw new InvalidOperationException("broken");
        }

        _handled.Enqueue(update);
        return Task.CompletedTask;
    }

    private void Write(int poisonChats, int healthyChats)
    {
        for (int chat = 1; chat <= poisonChats; chat++)
        {
            _polling.Bot.EnqueueText(chat, chat, "poison");
        }

        for (int chat = 0; chat < healthyChats; chat++)
        {
            _polling.Bot.EnqueueText(FirstHealthyChat + chat, FirstHealthyChat + chat, "hello");
        }
    }

    private async Task IsNothingLost(int poison, int healthy)
    {
        string letters = Path.Combine(_polling.DataDirectory, "dead-letters");
        string parked = Path.Combine(_polling.DataDirectory, "parked");
        int Files(string directory) => Directory.Exists(directory) ? Directory.GetFiles(directory, "*.json", SearchOption.AllDirectories).Length : 0;
        await _polling.PassUntil(() => _polling.Bot.Statistics.Pending == 0 && Files(letters) == 2 * poison && Files(parked) == 0, "all is settled");
        Assert.Equal(poison + healthy, _polling.Bot.Statistics.Removed.GetValueOrDefault(UpdateRemoval.Confirmed));
        Assert.Equal(healthy, _handled.Select(update => update.Id).Distinct().Count());
        Assert.Equal(healthy, _handled.Count);
        Assert.All(_handled.GroupBy(update => update.Key), chat => Assert.Equal(chat.Select(update => update.Id).Order(), chat.Select(update => update.Id)));
    }
}
