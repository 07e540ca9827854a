namespace Azker.Simulation.Scheduling;

/// <summary>Something that is due at a moment. What is due to a process waits while that process stands still, and is void once it is dead.</summary>
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
