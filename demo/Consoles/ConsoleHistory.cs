namespace Azker.Demo.Consoles;

/// <summary>What a console did when. Thread-safe.</summary>
internal sealed class ConsoleHistory
{
    private readonly Lock _gate = new();
    private readonly List<(TimeSpan Since, ConsoleState State)> _states = [(TimeSpan.Zero, ConsoleState.Absent)];

    public (TimeSpan Since, ConsoleState State) Current => At(TimeSpan.MaxValue);

    /// <summary>Since when it waited, the last time that it did.</summary>
    public TimeSpan LastStandby
    {
        get
        {
            lock (_gate)
            {
                return _states.FindLast(entry => entry.State == ConsoleState.Standby).Since;
            }
        }
    }

    public void Enter(ConsoleState state, TimeSpan since)
    {
        lock (_gate)
        {
            _states.Add((since, state));
        }
    }

    /// <summary>Other than <see cref="Enter"/> it changes nothing when the state is no longer the one that was seen.</summary>
    public void Advance(ConsoleState from, ConsoleState to, TimeSpan since)
    {
        lock (_gate)
        {
            if (_states[^1].State == from)
            {
                _states.Add((since, to));
            }
        }
    }

    public (TimeSpan Since, ConsoleState State) At(TimeSpan time)
    {
        lock (_gate)
        {
            return _states.FindLast(entry => entry.Since <= time);
        }
    }
}
