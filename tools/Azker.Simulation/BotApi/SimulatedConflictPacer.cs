using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary>Sends the first 409 at once, and delays each further 409 within 3 s by 3 s (Client.cpp, fail_query_conflict).</summary>
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
