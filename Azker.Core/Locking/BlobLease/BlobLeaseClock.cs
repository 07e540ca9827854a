using System.Runtime.InteropServices;

namespace Azker.Core.Locking.BlobLease;

/// <summary>A moment, as each clock shows it.</summary>
internal readonly record struct BlobLeaseInstant(long Timestamp, TimeSpan SinceBoot, DateTimeOffset Wall);

/// <summary>
/// Measures elapsed time as the most that any clock shows: the monotonic clock does not count the time of a suspended
/// machine, and in some virtual machines the clock since boot does not either, but then the wall clock moves. So time can
/// seem to pass too fast, which loses a lease early, but never too slowly, which would keep a lease too long. A wall clock
/// that goes backwards is ignored.
/// </summary>
internal sealed partial class BlobLeaseClock(TimeProvider timeProvider, Func<TimeSpan>? sinceBoot = null)
{
    private const int BootTimeClock = 7;

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Whether the time is virtual: only timers see it pass, so no thread can wait for it.</summary>
    public bool IsVirtual { get; private init; }

    /// <summary>The clocks of this machine; for a time provider other than the system's, only its clocks.</summary>
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

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;

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
