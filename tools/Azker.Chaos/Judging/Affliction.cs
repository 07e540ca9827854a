using Azker.Chaos.Scripts;

namespace Azker.Chaos.Judging;

/// <summary>A trouble that happened to one party, which the stand-in knows by its port.</summary>
internal sealed record Affliction(Trouble Trouble, int Port, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The time for which a request of a process can be on its way after the process was killed or paused.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether the trouble overlaps the time between two moments.</summary>
    public bool Meets(DateTimeOffset from, DateTimeOffset to) => From <= to && To + OnTheWay >= from;
}
