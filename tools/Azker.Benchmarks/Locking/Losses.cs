using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>Measures when a holder without a connection to the storage gives the lock up, and how long before its lease ends.</summary>
internal static class Losses
{
    private const double Lease = 15;
    private const double BlackHoleBar = 12.3;
    private const double RefusedBar = 2.5;

    public static async Task<Measurement> InABlackHoleAsync(AzuriteServer server, int runs, CancellationToken cancellationToken)
    {
        double[] values = await Rounds.OverlapAsync(server, runs, (arena, token) => RunAsync(arena, NetworkFault.BlackHole, token), cancellationToken);
        return new Measurement(
            "black-holed storage: last good send to own loss", "s", "at most 12.3 s, always before the lease ends", values.Max() <= BlackHoleBar, values);
    }

    public static async Task<Measurement> WhenRefusedAsync(AzuriteServer server, int runs, CancellationToken cancellationToken)
    {
        double[] values = await Rounds.OverlapAsync(server, runs, (arena, token) => RunAsync(arena, NetworkFault.Refuse, token), cancellationToken);
        double[] margins = [.. values.Select(value => Lease - value)];
        return new Measurement("refused connections: own loss before the lease ends", "s", "at least 2.5 s", margins.Min() >= RefusedBar, margins);
    }

    private static async Task<double> RunAsync(Arena arena, NetworkFault fault, CancellationToken cancellationToken)
    {
        LockHolderProcess holder = arena.Start(arena.CreateDirectory());
        await holder.WaitForAsync("held", cancellationToken);
        await Arena.PassPhaseAsync(cancellationToken);
        holder.Proxy.Fault = fault;
        Said lost = await holder.WaitForAsync("lost", cancellationToken);

        // The time starts with the arrival at the proxy, a little after the send. The last answered requests are the write of the record and renewals.
        return Rounds.Seconds(holder.Proxy.LastAnswered, lost.At);
    }
}
