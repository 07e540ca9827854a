using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>Measures whether the holder keeps the lock when its connection to the storage fails for a while.</summary>
internal static class Blips
{
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromSeconds(13);

    public static Task<Measurement> BlackHoleAsync(AzuriteServer server, int runs, CancellationToken cancellationToken) =>
        RunAsync(server, runs, "black hole of 5 s: losses", NetworkFault.BlackHole, TimeSpan.FromSeconds(5), cancellationToken);

    public static Task<Measurement> RefusalsAsync(AzuriteServer server, int runs, CancellationToken cancellationToken) =>
        RunAsync(server, runs, "refusals for 7 s: losses", NetworkFault.Refuse, TimeSpan.FromSeconds(7), cancellationToken);

    private static async Task<Measurement> RunAsync(
        AzuriteServer server, int runs, string name, NetworkFault fault, TimeSpan duration, CancellationToken cancellationToken)
    {
        double[] values = await Rounds.OverlapAsync(server, runs, (arena, token) => RunAsync(arena, fault, duration, token), cancellationToken);
        return new Measurement(name, "losses", "none", values.Sum() == 0, values);
    }

    private static async Task<double> RunAsync(Arena arena, NetworkFault fault, TimeSpan duration, CancellationToken cancellationToken)
    {
        LockHolderProcess holder = arena.Start(arena.CreateDirectory());
        await holder.WaitForAsync("held", cancellationToken);
        await Arena.PassPhaseAsync(cancellationToken);
        holder.Proxy.Fault = fault;
        await Task.Delay(duration, TimeProvider.System, cancellationToken);
        holder.Proxy.Fault = NetworkFault.None;
        await Task.Delay(LongestDeadline, TimeProvider.System, cancellationToken);
        return holder.SaidLost() ? 1 : 0;
    }
}
