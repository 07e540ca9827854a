using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary>The first 409 goes out at once; others within 3 s after it are held for 3 s (Client.cpp, fail_query_conflict).</summary>
internal sealed class SimulatedConflictPacer(World world)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private TimeSpan _windowEnd;

    public void Send(Action answer)
    {
        if (world.Now < _windowEnd)
        {
            world.After(Window, answer);
            return;
        }

        _windowEnd = world.Now + Window;
        answer();
    }
}
