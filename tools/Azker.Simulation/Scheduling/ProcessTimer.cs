namespace Azker.Simulation.Scheduling;

/// <summary>A timer of a process.</summary>
internal sealed class ProcessTimer(ProcessThread thread, Action callback) : ITimer
{
    private Occurrence? _next;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _next?.Cancel();
        _next = dueTime < TimeSpan.Zero || thread.IsDead ? null : thread.World.After(dueTime, () => Fire(period), thread);
        return true;
    }

    public void Dispose()
    {
        _next?.Cancel();
        _next = null;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fire(TimeSpan period)
    {
        _next = null;
        if (period > TimeSpan.Zero)
        {
            Change(period, period);
        }

        callback();
    }
}
