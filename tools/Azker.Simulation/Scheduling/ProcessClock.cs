namespace Azker.Simulation.Scheduling;

/// <summary>The clocks of one process: a right clock for elapsed time, and a calendar that can be wrong.</summary>
internal sealed class ProcessClock(ProcessThread thread) : TimeProvider
{
    private readonly World _world = thread.World;

    /// <summary>The error of the calendar.</summary>
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _world.Calendar + Skew;

    public override long GetTimestamp()
    {
        _world.AssertThread();
        return _world.Now.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ProcessTimer(thread, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }
}
