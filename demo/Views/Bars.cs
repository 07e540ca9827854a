namespace Azker.Demo.Views;

/// <summary>Draws a value as a bar of one character.</summary>
internal static class Bars
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>The bar of a count: one step for each unit.</summary>
    public static char OfCount(int count) => Levels[Math.Clamp(count, 0, Levels.Length - 1)];

    /// <summary>The bar of a latency, from 4 ms to 3 s: the latency grows by a factor of 2.8 with each step.</summary>
    public static char OfLatency(TimeSpan latency) =>
        Levels[Math.Clamp((int)Math.Floor(Math.Log2(Math.Max(latency.TotalMilliseconds, 1) / 4) / 1.5) + 1, 0, Levels.Length - 1)];
}
