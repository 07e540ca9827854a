using System.Collections.Concurrent;
using System.Text.Json;
using Azker.Azurite;
using Azker.Chaos;
using Azker.Chaos.Scripts;

namespace Azker.Benchmarks.Receiving;

/// <summary>Plays many scripts of random faults on real processes, a few at a time, and adds up their outcomes.</summary>
internal static class ReceivingChaos
{
    public static async Task<int> RunAsync(
        int scripts, int firstSeed, TimeSpan length, int sideBySide, bool isJson, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        await using AzuriteServer storage = await AzuriteServer.StartAsync(cancellationToken);
        var outcomes = new ConcurrentBag<ChaosOutcome>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = sideBySide, CancellationToken = cancellationToken };
        await Parallel.ForAsync(firstSeed, firstSeed + scripts, options, async (seed, token) =>
        {
            ChaosOutcome outcome = await new ChaosRun(storage, ChaosScript.Draw(seed, length), TimeProvider.System).RunAsync(token);
            outcomes.Add(outcome);
            await Console.Error.WriteLineAsync(Describe(outcome));
        });

        var summary = ReceivingSummary.Of([.. outcomes], TimeProvider.System.GetElapsedTime(start));
        Console.WriteLine(isJson ? JsonSerializer.Serialize(summary, ReceivingJsonContext.Default.ReceivingSummary) : $"{summary}");
        return summary.Violations.Count == 0 ? 0 : 1;
    }

    private static string Describe(ChaosOutcome outcome) => outcome.Violations.Count == 0
        ? FormattableString.Invariant($"seed {outcome.Script.Seed}: {outcome.Troubles} troubles, all settled {outcome.Settling?.TotalSeconds:0.0} s after the last trouble, {outcome.Verdict}")
        : $"seed {outcome.Script.Seed} FAILED:\n{outcome.Story}";
}
