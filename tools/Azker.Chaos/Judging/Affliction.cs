using Azker.Chaos.Scripts;

namespace Azker.Chaos.Judging;

/// <summary>A trouble as it happened to one party, which the stand-in knows by its port.</summary>
internal sealed record Affliction(Trouble Trouble, int Port, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>What a process had sent before it was killed or paused may be seen so much later.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether it fell into the time between two moments.</summary>
    public bool Meets(DateTimeOffset from, DateTimeOffset to) => From <= to && To + OnTheWay >= from;
}
