using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary>Slows and shortens the answers to quick repetitions of the same offset (Client.cpp, process_get_updates_query).</summary>
internal sealed class SimulatedPollThrottle(World world)
{
    private static readonly TimeSpan SlowedFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortenedFor = TimeSpan.FromSeconds(0.5);

    private int? _lastOffset;
    private TimeSpan _lastAt = TimeSpan.MinValue;

    public (int Limit, TimeSpan Timeout) Apply(int offset, int limit, TimeSpan timeout)
    {
        bool isSame = offset == _lastOffset;
        TimeSpan sinceLast = isSame ? world.Now - _lastAt : TimeSpan.MaxValue;
        (_lastOffset, _lastAt) = (offset, world.Now);
        return (sinceLast < ShortenedFor ? 1 : limit, sinceLast < SlowedFor && timeout < SlowedFor ? SlowedFor : timeout);
    }
}
