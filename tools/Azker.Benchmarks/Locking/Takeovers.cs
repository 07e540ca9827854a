using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>Measures the time from the kill of a holder until the standby holds the lock.</summary>
internal static class Takeovers
{
    private const double OtherMachineBar = 16.3;
    private const double SameMachineBar = 150;

    public static async Task<Measurement> OnAnotherMachineAsync(AzuriteServer server, int runs, CancellationToken cancellationToken)
    {
        double[] values = await Rounds.OverlapAsync(server, runs, (arena, token) => RunAsync(arena, onOneMachine: false, token), cancellationToken);
        return new Measurement(
            "takeover after kill -9, other host", "s", "at most 16.3 s, every run", values.Max() <= OtherMachineBar * 1000, [.. values.Select(ms => ms / 1000)]);
    }

    public static async Task<Measurement> OnTheSameMachineAsync(AzuriteServer server, int runs, CancellationToken cancellationToken)
    {
        double[] values = await Rounds.OneByOneAsync(server, runs, (arena, token) => RunAsync(arena, onOneMachine: true, token), cancellationToken);
        var measurement = new Measurement("takeover after kill -9, same host", "ms", "p95 at most 150 ms", true, values);
        return measurement with { IsMet = measurement.P95 <= SameMachineBar };
    }

    private static async Task<double> RunAsync(Arena arena, bool onOneMachine, CancellationToken cancellationToken)
    {
        (LockHolderProcess holder, LockHolderProcess standby) = await arena.StartPairAsync(onOneMachine, cancellationToken);
        await Arena.PassPhaseAsync(cancellationToken);
        long killedAt = TimeProvider.System.GetTimestamp();
        holder.Kill();
        return Rounds.Milliseconds(killedAt, (await standby.WaitForAsync("held", cancellationToken)).At);
    }
}
