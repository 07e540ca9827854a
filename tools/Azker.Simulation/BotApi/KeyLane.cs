namespace Azker.Simulation.BotApi;

/// <summary>The updates of one ordering key that wait for their push, and the earliest time of the next push.</summary>
internal sealed class KeyLane(string key)
{
    /// <summary>The last delay that doubles; after it the server draws a random limit for each delay.</summary>
    private static readonly TimeSpan LastDoubled = TimeSpan.FromSeconds(32);

    private TimeSpan _delay;
    private int _failures;

    public string Key => key;

    public List<PendingUpdate> Updates { get; } = [];

    public Push? Push { get; set; }

    public TimeSpan WakesAt { get; private set; }

    public void Succeeded() => (_failures, _delay, WakesAt) = (0, TimeSpan.Zero, TimeSpan.Zero);

    /// <returns>The time of the next attempt: 0, 2, 4, 8, 16, 32 s later, and then 60 to 120 s later (WebhookActor.cpp, on_event_error).</returns>
    public TimeSpan Failed(TimeSpan now, int? retryAfter, bool isConnectionFault, Random random)
    {
        _failures++;
        TimeSpan delay = retryAfter is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 3600)) : Next(random);
        if (isConnectionFault && delay < TimeSpan.FromSeconds(2))
        {
            // Without a connection, the server tries to open a connection every 2 s.
            delay = TimeSpan.FromSeconds(2);
        }

        return WakesAt = now + delay;
    }

    private TimeSpan Next(Random random)
    {
        _delay = _failures switch
        {
            1 => TimeSpan.Zero,
            2 => TimeSpan.FromSeconds(2),
            _ when _delay < LastDoubled => _delay * 2,
            _ => Min(_delay * 2, TimeSpan.FromSeconds(random.Next(60, 121))),
        };
        return _delay;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
