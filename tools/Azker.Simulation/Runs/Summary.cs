using Azker.Simulation.Invariants;

namespace Azker.Simulation.Runs;

/// <summary>The result of many seeds.</summary>
internal sealed record Summary(int Seeds, long Steps, TimeSpan VirtualTime, TimeSpan Time, IReadOnlyList<SeedResult> Failed)
{
    public bool IsClean => Failed.Count == 0;

    public int Count(ViolationKind kind) => Failed.Sum(result => result.Violations.Count(violation => violation.Kind == kind));

    public string ToJson() => FormattableString.Invariant(
        $$"""{"seeds":{{Seeds}},"steps":{{Steps}},"overlaps":{{Count(ViolationKind.Overlap)}},"conflicts":{{Count(ViolationKind.Conflict)}},"lost":{{Count(ViolationKind.Lost)}},"unexplained_duplicates":{{Count(ViolationKind.UnexplainedDuplicate)}},"late_recoveries":{{Count(ViolationKind.LateRecovery)}},"virtual_hours":{{VirtualTime.TotalHours:0.0}},"seconds":{{Time.TotalSeconds:0.0}}}""");

    public string ToText() => FormattableString.Invariant($"""
        {Seeds} seeds, {Steps} steps, {VirtualTime.TotalHours:0.0} virtual hours, in {Time.TotalSeconds:0.0} s
          overlaps                {Count(ViolationKind.Overlap)}
          conflicts               {Count(ViolationKind.Conflict)}
          lost                    {Count(ViolationKind.Lost)}
          unexplained duplicates  {Count(ViolationKind.UnexplainedDuplicate)}
          late recoveries         {Count(ViolationKind.LateRecovery)}
        """);
}
