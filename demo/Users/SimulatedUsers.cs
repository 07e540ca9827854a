using System.Collections.Concurrent;
using Azker.Demo.StandIn;

namespace Azker.Demo.Users;

/// <summary>Six users who chat with the bot, one of them also in a group: about eight messages a second in all.</summary>
internal sealed class SimulatedUsers(StandInClient client, int seed, TimeProvider time)
{
    private const int Users = 6;
    private const long FirstUser = 101;
    private const long Group = -900;

    private readonly ConcurrentDictionary<int, Question> _questions = [];
    private volatile bool _isChatting;
    private volatile int _asked;

    /// <summary>The questions, by update_id.</summary>
    public IReadOnlyDictionary<int, Question> Questions => _questions;

    /// <summary>Whether the users have stopped, and all their messages have reached the stand-in.</summary>
    public bool IsQuiet => !_isChatting && _questions.Count == _asked;

    public void Begin() => _isChatting = true;

    public void End() => _isChatting = false;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var turns = new PriorityQueue<Talker, TimeSpan>(Talkers().Select(talker => (talker, talker.NextPause())));
        long startedAt = time.GetTimestamp();
        while (turns.TryPeek(out Talker? talker, out TimeSpan due))
        {
            TimeSpan wait = due - time.GetElapsedTime(startedAt);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken);
            if (_isChatting)
            {
                await AskAsync(talker, cancellationToken);
            }

            turns.DequeueEnqueue(talker, due + talker.NextPause());
        }
    }

    private IEnumerable<Talker> Talkers() => Enumerable.Range(0, Users)
        .Select(number => new Talker(FirstUser + number, FirstUser + number, seed + number))
        .Append(new Talker(Group, FirstUser, seed + Users));

    private async Task AskAsync(Talker talker, CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref _asked);
        var question = new Question(talker.Chat, $"/ping {number}", $"pong {number}");
        int updateId = await client.EnqueueAsync(talker.Chat, talker.User, question.Text, cancellationToken);
        _questions[updateId] = question;
    }
}
