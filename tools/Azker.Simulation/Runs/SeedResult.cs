using Azker.Simulation.Invariants;

namespace Azker.Simulation.Runs;

/// <summary>What came of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Scenario">Who played in it.</param>
/// <param name="Steps">How many pieces of work were done.</param>
/// <param name="VirtualTime">How much time passed in it.</param>
/// <param name="Violations">The promises that were broken.</param>
/// <param name="Trace">What happened, if that was asked for.</param>
/// <param name="Error">Why the run broke off, if it did: a defect that no invariant speaks of.</param>
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
