namespace Azker.Simulation.Scheduling;

/// <summary>An action that is due at a moment; the action of a process waits while the process is paused, and is void after its death.</summary>
internal sealed class Occurrence(ProcessThread? owner, Action action)
{
    public ProcessThread? Owner => owner;

    public bool IsVoid { get; private set; }

    public void Cancel() => IsVoid = true;

    public void Happen()
    {
        if (!IsVoid)
        {
            action();
        }
    }
}
