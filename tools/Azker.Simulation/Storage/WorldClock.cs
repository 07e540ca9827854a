using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Storage;

/// <summary>The clock of the services, which is always right.</summary>
internal sealed class WorldClock(World world) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => world.Calendar;
}
