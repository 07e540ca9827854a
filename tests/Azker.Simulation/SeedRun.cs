using Azker.Simulation.Invariants;
using Azker.Simulation.Rules;
using Azker.Simulation.Scenarios;
using Azker.Simulation.Tracing;

namespace Azker.Simulation;

/// <summary>What came of one seed.</summary>
internal sealed record SeedResult(int Seed, long Steps, TimeSpan VirtualTime, string Scenario, IReadOnlyList<Violation> Violations, IReadOnlyList<string> Trace);

/// <summary>Runs one seed, on the thread that calls it.</summary>
internal static class SeedRun
{
    public static SeedResult Run(int seed, bool hasTrace = false, Rule? without = null)
    {
        using var bench = new Bench(seed, new Trace(hasTrace), without);
        Scenario scenario = Scenario.Draw(bench);
        scenario.Play();
        bench.World.ThrowIfStrayed();
        return new SeedResult(seed, bench.World.Steps, bench.World.Now, scenario.Title, bench.Verdict.Violations, bench.World.Trace.Lines);
    }
}
