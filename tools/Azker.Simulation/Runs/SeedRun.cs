using Azker.Simulation.Rules;
using Azker.Simulation.Scenarios;
using Azker.Simulation.Tracing;

namespace Azker.Simulation.Runs;

/// <summary>Runs one seed, on the thread that calls it.</summary>
internal static class SeedRun
{
    /// <param name="seed">The seed.</param>
    /// <param name="hasTrace">Whether the result has a trace.</param>
    /// <param name="without">The rule to remove; <see langword="null"/> for none.</param>
    public static SeedResult Run(int seed, bool hasTrace = false, Rule? without = null)
    {
        var bench = new Bench(seed, new Trace(hasTrace), without);
        var scenario = SeedScenario.Draw(bench);
        Exception? error = null;
        try
        {
            scenario.Play();
            bench.World.ThrowIfStrayed();
            error = bench.Defect;
        }
        catch (Exception defect)
        {
            error = defect;
        }

        return new SeedResult(seed, scenario.Title, bench.World.Steps, bench.World.Now, bench.Verdict.Violations, bench.World.Trace.Lines, error);
    }
}
