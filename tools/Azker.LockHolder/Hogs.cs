namespace Azker.LockHolding;

/// <summary>Keeps the processors and the garbage collector busy for 5 s, which is longer than the pause between two renewals.</summary>
internal static class Hogs
{
    private const int PerProcessor = 2;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public static void Run()
    {
        Thread[] hogs = [.. Enumerable.Range(0, PerProcessor * Environment.ProcessorCount).Select(_ => new Thread(Hog))];
        Array.ForEach(hogs, hog => hog.Start());
        Array.ForEach(hogs, hog => hog.Join());
    }

    private static void Hog()
    {
        long start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < Duration)
        {
            _ = new byte[100_000];
            GC.Collect();
        }
    }
}
