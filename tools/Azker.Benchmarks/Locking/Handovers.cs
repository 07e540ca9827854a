using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>Measures the time from the command to release the lock until a standby on another machine holds it.</summary>
internal static class Handovers
{
    private const double Bar = 100;
    private const double WithoutNoticeBar = 1300;

    /// <summary>The time between the notice and the release: longer than a standby's pause between two reads, so that it has seen the notice.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(1.5);

    public static async Task<Measurement> WithNoticeAsync(AzuriteServer server, int runs, CancellationToken cancellationToken)
    {
        double[] values = await Rounds.OneByOneAsync(server, runs, (arena, token) => RunAsync(arena, hasNotice: true, token), cancellationToken);
        var measurement = new Measurement("graceful handover, release to acquired", "ms", "p95 at most 100 ms", true, values);
        return measurement with { IsMet = measurement.P95 <= Bar };
    }

    public static async Task<Measurement> WithoutNoticeAsync(AzuriteServer server, int runs, CancellationToken cancellationToken)
    {
        double[] values = await Rounds.OneByOneAsync(server, runs, (arena, token) => RunAsync(arena, hasNotice: false, token), cancellationToken);
        return new Measurement(
            "handover without notice before it", "ms", "at most 1300 ms, every run (a standby's longest pause)", values.Max() <= WithoutNoticeBar, values);
    }

    private static async Task<double> RunAsync(Arena arena, bool hasNotice, CancellationToken cancellationToken)
    {
        (LockHolderProcess holder, LockHolderProcess standby) = await arena.StartPairAsync(onOneMachine: false, cancellationToken);
        if (hasNotice)
        {
            holder.Do("drain");
            await holder.WaitForAsync("draining", cancellationToken);
        }

        await Task.Delay(Notice, TimeProvider.System, cancellationToken);
        long releasedAt = TimeProvider.System.GetTimestamp();
        holder.Do("release");
        return Rounds.Milliseconds(releasedAt, (await standby.WaitForAsync("held", cancellationToken)).At);
    }
}
