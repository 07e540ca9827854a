using System.Globalization;

namespace Azker.Benchmarks.Comparing;

/// <summary>Counts the updates that a subject handles. After a warm-up it measures the subject's own CPU time, and ends the process.</summary>
/// <param name="warmUp">How many updates are not measured.</param>
/// <param name="measured">How many updates are measured.</param>
internal sealed class UpdateCount(int warmUp, int measured)
{
    public const string Mark = "measured ";

    private int _count;
    private TimeSpan _cpu;
    private long _startedAt;
    private long _allocated;

    public void Add()
    {
        int count = Interlocked.Increment(ref _count);
        if (count == warmUp)
        {
            (_cpu, _startedAt, _allocated) = (Environment.CpuUsage.TotalTime, TimeProvider.System.GetTimestamp(), GC.GetTotalAllocatedBytes());
        }
        else if (count == warmUp + measured)
        {
            End();
        }
    }

    private void End()
    {
        double cpu = (Environment.CpuUsage.TotalTime - _cpu).TotalMicroseconds / measured;
        double wall = TimeProvider.System.GetElapsedTime(_startedAt).TotalMicroseconds / measured;
        double bytes = (GC.GetTotalAllocatedBytes() - _allocated) / (double)measured;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Mark}{cpu} {wall} {bytes}"));
        Console.Out.Flush();
        Environment.Exit(0);
    }
}
