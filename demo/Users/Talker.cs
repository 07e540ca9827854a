namespace Azker.Demo.Users;

/// <summary>A user who writes in a chat, with random pauses.</summary>
internal sealed class Talker(long chat, long user, int seed)
{
    private const double ShortestPause = 0.2;
    private const double LongestPause = 1.6;

    private readonly Random _random = new(seed);

    public long Chat => chat;

    public long User => user;

    public TimeSpan NextPause() => TimeSpan.FromSeconds(ShortestPause + (_random.NextDouble() * (LongestPause - ShortestPause)));
}
