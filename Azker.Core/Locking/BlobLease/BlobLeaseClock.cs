using System.Runtime.InteropServices;

namespace Azker.Core.Locking.BlobLease;

/// <summary>One moment, as each clock shows it.</summary>
internal readonly record struct BlobLeaseInstant(long Timestamp, TimeSpan SinceBoot, DateTimeOffset Wall);

/// <summary>
/// Measures the time that passed as the most that any clock saw: the monotonic one does not count a suspended machine,
/// and in some virtual machines the one since boot does not either, but then the wall clock moves. Time can so only
/// seem to pass too fast, which loses a lease early; never too slow, which would keep one too long. A wall clock that
/// goes backwards counts for nothing.
/// </summary>
internal sealed partial class BlobLeaseClock(TimeProvider timeProvider, Func<TimeSpan>? sinceBoot = null)
{
    private const int BootTimeClock = 7;

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Whether its time passes for timers alone, so that no thread can wait in it.</summary>
    public bool IsVirtual { get; private init; }

    /// <summary>The clocks of this machine, or only those of a time provider that is not the system's.</summary>
    public static BlobLeaseClock For(TimeProvider timeProvider) =>
        timeProvider == TimeProvider.System
            ? new(timeProvider, OperatingSystem.IsLinux() ? ReadBootTime : null)
            : new(timeProvider) { IsVirtual = true };

    public BlobLeaseInstant Now() => new(timeProvider.GetTimestamp(), sinceBoot?.Invoke() ?? default, timeProvider.GetUtcNow());

    public TimeSpan Elapsed(BlobLeaseInstant since)
    {
        BlobLeaseInstant now = Now();
        TimeSpan elapsed = timeProvider.GetElapsedTime(since.Timestamp, now.Timestamp);
        elapsed = Max(elapsed, now.SinceBoot - since.SinceBoot);
        return Max(elapsed, now.Wall - since.Wall);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan ReadBootTime() =>
        GetTime(BootTimeClock, out TimeSpec time) == 0 ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100)) : default;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
