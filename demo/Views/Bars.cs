namespace Azker.Demo.Views;

/// <summary>One character as a bar.</summary>
internal static class Bars
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>One step for each.</summary>
    public static char OfCount(int count) => Levels[Math.Clamp(count, 0, Levels.Length - 1)];

    /// <summary>One step for each doubling and a half, from 4 ms to 3 s.</summary>
    public static char OfLatency(TimeSpan latency) =>
        Levels[Math.Clamp((int)Math.Floor(Math.Log2(Math.Max(latency.TotalMilliseconds, 1) / 4) / 1.5) + 1, 0, Levels.Length - 1)];
}
