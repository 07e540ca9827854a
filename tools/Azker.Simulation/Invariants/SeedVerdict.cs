using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Invariants;

/// <summary>A broken promise.</summary>
internal sealed record Violation(ViolationKind Kind, TimeSpan At, string What);

/// <summary>The broken promises of one seed.</summary>
internal sealed class SeedVerdict(World world)
{
    /// <summary>The largest number of violations that are kept.</summary>
    private const int Most = 20;

    private readonly List<Violation> _violations = [];

    public IReadOnlyList<Violation> Violations => _violations;

    public void Add(ViolationKind kind, string what)
    {
        if (_violations.Count < Most)
        {
            _violations.Add(new Violation(kind, world.Now, what));
            world.Trace.Add(world.Now, "VIOLATION", $"{kind}: {what}");
        }
    }
}
