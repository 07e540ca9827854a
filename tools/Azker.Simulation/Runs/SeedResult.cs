using Azker.Simulation.Invariants;

namespace Azker.Simulation.Runs;

/// <summary>The result of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Scenario">The title of the scenario.</param>
/// <param name="Steps">The number of steps of the simulation.</param>
/// <param name="VirtualTime">The virtual time of the run.</param>
/// <param name="Violations">The broken promises.</param>
/// <param name="Trace">The trace; empty unless it was asked for.</param>
/// <param name="Error">The defect that ended the run early; <see langword="null"/> for none.</param>
internal sealed record SeedResult(
    int Seed,
    string Scenario,
    long Steps,
    TimeSpan VirtualTime,
    IReadOnlyList<Violation> Violations,
    IReadOnlyList<string> Trace,
    Exception? Error)
{
    public bool IsClean => Error is null && Violations.Count == 0;
}
