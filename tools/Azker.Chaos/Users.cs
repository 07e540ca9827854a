using System.Collections.Concurrent;
using Azker.BotApi.Bots;

namespace Azker.Chaos;

/// <summary>Users who write about six messages a second to the bot.</summary>
internal sealed class Users(BotAccount bot, int seed, TimeProvider time)
{
    private const int Chats = 6;
    private const double LongestPause = 0.33;

    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<int, (long Chat, string Text)> _expected = [];

    /// <summary>The right answer to each message, by update_id.</summary>
    public IReadOnlyDictionary<int, (long Chat, string Text)> Expected => _expected;

    public async Task ChatAsync(CancellationToken stop)
    {
        for (int number = 0; !stop.IsCancellationRequested; number++)
        {
            long chat = 100 + _random.Next(Chats);
            int updateId = bot.EnqueueText(chat, chat, $"/ping {number}") ?? throw new InvalidOperationException("The stand-in did not queue a message.");
            _expected[updateId] = (chat, $"pong {number}");
            await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * LongestPause), time, CancellationToken.None);
        }
    }
}
