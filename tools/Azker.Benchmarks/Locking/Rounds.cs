using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>Runs a measurement many times.</summary>
internal static class Rounds
{
    /// <summary>The number of runs at the same time: they mostly wait, so they do not disturb the measurement.</summary>
    private const int SideBySide = 7;

    public static Task<double[]> OverlapAsync(AzuriteServer server, int runs, Func<Arena, CancellationToken, Task<double>> run, CancellationToken cancellationToken) =>
        RunAsync(server, runs, SideBySide, run, cancellationToken);

    public static Task<double[]> OneByOneAsync(AzuriteServer server, int runs, Func<Arena, CancellationToken, Task<double>> run, CancellationToken cancellationToken) =>
        RunAsync(server, runs, 1, run, cancellationToken);

    public static double Milliseconds(long from, long to) => TimeProvider.System.GetElapsedTime(from, to).TotalMilliseconds;

    public static double Seconds(long from, long to) => TimeProvider.System.GetElapsedTime(from, to).TotalSeconds;

    private static async Task<double[]> RunAsync(
        AzuriteServer server, int runs, int sideBySide, Func<Arena, CancellationToken, Task<double>> run, CancellationToken cancellationToken)
    {
        double[] values = new double[runs];
        var options = new ParallelOptions { MaxDegreeOfParallelism = sideBySide, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, runs, options, async (index, token) =>
        {
            await using Arena arena = await Arena.CreateAsync(server, token);
            values[index] = await run(arena, token);
        });
        return values;
    }
}
