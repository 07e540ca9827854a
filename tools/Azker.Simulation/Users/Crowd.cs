using System.Text;
using Azker.Simulation.BotApi;
using Azker.Simulation.Invariants;

namespace Azker.Simulation.Users;

/// <summary>The users who write to the bot.</summary>
internal sealed class Crowd(Bench bench, TimeSpan pace, double slowPart, double failingPart)
{
    public const int Chats = 5;

    private const double LongPart = 0.02;
    private const double RefusedPart = 0.03;
    private const double LostPart = 0.03;

    private static readonly TimeSpan MessageLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan CallbackLifetime = TimeSpan.FromSeconds(150);

    private readonly Random _random = bench.World.RandomOf("users");

    /// <summary>Lets the users write until a moment.</summary>
    public void WriteUntil(TimeSpan end)
    {
        TimeSpan next = pace * (2 * _random.NextDouble());
        if (bench.World.Now + next < end)
        {
            bench.World.After(next, () =>
            {
                WriteOne();
                WriteUntil(end);
            });
        }
    }

    /// <summary>Sends a message in a chat in which no other update waits.</summary>
    public UpdateStory Probe(int number) => Send($"chat:{1000 + number}", 1000 + number, MessageLifetime, new Behaviour(TimeSpan.FromMilliseconds(50), 0, false));

    /// <summary>Presses a button in a chat in which no other update waits; the update expires soon.</summary>
    public UpdateStory BriefProbe() => Send("callback:999", 999, CallbackLifetime, new Behaviour(TimeSpan.FromMilliseconds(50), 0, false));

    private void WriteOne()
    {
        int user = 1 + _random.Next(Chats);
        if (_random.NextDouble() < 0.1)
        {
            Send($"callback:{user}", user, CallbackLifetime, new Behaviour(TimeSpan.FromMilliseconds(20), 0, false));
        }
        else
        {
            Send($"chat:{user}", user, MessageLifetime, DrawBehaviour());
        }
    }

    private Behaviour DrawBehaviour()
    {
        int failures = _random.NextDouble() < failingPart ? _random.Next(1, 7) : 0;
        return new Behaviour(DrawDuration(), failures, _random.NextDouble() < 0.4)
        {
            IsRefused = _random.NextDouble() < RefusedPart,
            LostAnswers = _random.NextDouble() < LostPart ? _random.Next(1, 5) : 0,
        };
    }

    /// <summary>Most handlers are quick; a few take seconds, and very few take longer than a request to the webhook may.</summary>
    private TimeSpan DrawDuration()
    {
        double drawn = _random.NextDouble();
        return TimeSpan.FromSeconds(
            drawn < LongPart ? 20 + (160 * _random.NextDouble())
            : drawn < LongPart + slowPart ? 1 + (19 * _random.NextDouble())
            : 0.2 * _random.NextDouble());
    }

    private UpdateStory Send(string key, int user, TimeSpan lifetime, Behaviour behaviour)
    {
        UpdateStory? story = null;
        bench.Server.Receive(id =>
        {
            TimeSpan expiresAt = bench.World.Now + lifetime;
            story = new UpdateStory(id, key, bench.World.Now, expiresAt, behaviour);
            bench.Journal.Created(story);
            return new PendingUpdate(id, key, expiresAt, Json(id, key, user));
        });
        return story!;
    }

    private byte[] Json(int id, string key, int user) => Encoding.UTF8.GetBytes(key.StartsWith("callback", StringComparison.Ordinal)
        ? FormattableString.Invariant($$$"""{"update_id":{{{id}}},{{{'\n'}}}"callback_query":{"id":"{{{id}}}","from":{"id":{{{user}}},"is_bot":false,"first_name":"U"},"chat_instance":"1","data":"x"}}""")
        : FormattableString.Invariant($$$"""{"update_id":{{{id}}},{{{'\n'}}}"message":{"message_id":1,"date":{{{bench.World.Calendar.ToUnixTimeSeconds()}}},"chat":{"id":{{{user}}},"type":"private","first_name":"U"},"from":{"id":{{{user}}},"is_bot":false,"first_name":"U"},"text":"hi"}}"""));
}
