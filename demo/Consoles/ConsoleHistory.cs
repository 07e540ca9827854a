namespace Azker.Demo.Consoles;

/// <summary>The states of a console, each with its start. Thread-safe.</summary>
internal sealed class ConsoleHistory
{
    private readonly Lock _gate = new();
    private readonly List<(TimeSpan Since, ConsoleState State)> _states = [(TimeSpan.Zero, ConsoleState.Absent)];

    public (TimeSpan Since, ConsoleState State) Current => At(TimeSpan.MaxValue);

    /// <summary>The start of the console's last standby.</summary>
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

    /// <summary>Enters a state, but only if the console is still in the expected state.</summary>
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
