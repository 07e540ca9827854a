namespace Azker.Core.Tests.Shared;

/// <summary>A machine whose wall clock is wrong by some time, and whose other clocks are right.</summary>
internal sealed class SkewedTimeProvider(TimeProvider time) : TimeProvider
{
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Skew;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
