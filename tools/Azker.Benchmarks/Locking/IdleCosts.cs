using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>Measures the requests per second to the storage while nothing happens; the proxies count them.</summary>
internal static class IdleCosts
{
    private const double HolderBar = 0.3;
    private const double StandbyBar = 1.2;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    public static async Task<Measurement> OfAHolderAsync(AzuriteServer server, int runs, CancellationToken cancellationToken)
    {
        double[] values = await MeasureAsync(server, runs, pair => pair.Holder, cancellationToken);
        return new Measurement("idle cost of a holder", "requests/s", "at most 0.3", values.Average() <= HolderBar, values);
    }

    public static async Task<Measurement> OfAStandbyAsync(AzuriteServer server, int runs, CancellationToken cancellationToken)
    {
        double[] values = await MeasureAsync(server, runs, pair => pair.Standby, cancellationToken);
        return new Measurement("idle cost of a standby", "requests/s", "at most 1.2", values.Average() <= StandbyBar, values);
    }

    private static Task<double[]> MeasureAsync(
        AzuriteServer server, int runs, Func<(LockHolderProcess Holder, LockHolderProcess Standby), LockHolderProcess> choose, CancellationToken cancellationToken) =>
        Rounds.OverlapAsync(
            server,
            Math.Min(runs, 5),
            async (arena, token) =>
            {
                LockHolderProcess process = choose(await arena.StartPairAsync(onOneMachine: true, token));
                int before = process.Proxy.Requests;
                await Task.Delay(Duration, TimeProvider.System, token);
                return (process.Proxy.Requests - before) / Duration.TotalSeconds;
            },
            cancellationToken);
}
