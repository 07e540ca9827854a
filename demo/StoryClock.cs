namespace Azker.Demo;

/// <summary>The time since the start of the demo; the stand-in runs on the same machine, so its times can be compared.</summary>
internal sealed class StoryClock(TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public TimeProvider Time => time;

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Elapsed => At(Now);

    public TimeSpan At(DateTimeOffset moment) => moment - _startedAt;

    public DateTimeOffset MomentOf(TimeSpan elapsed) => _startedAt + elapsed;
}
