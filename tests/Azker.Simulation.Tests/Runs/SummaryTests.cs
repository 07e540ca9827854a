using Azker.Simulation.Invariants;
using Azker.Simulation.Runs;

namespace Azker.Simulation.Tests.Runs;

public sealed class SummaryTests
{
    private static readonly SeedResult Failed = new(
        7,
        "2 polling consoles",
        10,
        TimeSpan.FromMinutes(6),
        [
            new Violation(ViolationKind.Overlap, TimeSpan.FromSeconds(1.5), "two poll"),
            new Violation(ViolationKind.Overlap, TimeSpan.FromSeconds(2), "two poll"),
            new Violation(ViolationKind.LateRecovery, TimeSpan.FromSeconds(3), "nothing is received"),
        ],
        ["     1.500  VIOLATION      Overlap: two poll"],
        Error: null);

    [Fact]
    public void The_summary_is_one_line_of_json() => Assert.Equal(
        """{"seeds":2,"steps":30,"overlaps":2,"conflicts":0,"lost":0,"unexplained_duplicates":0,"late_recoveries":1,"virtual_hours":0.2,"seconds":1.5}""",
        new Summary(2, 30, TimeSpan.FromMinutes(12), TimeSpan.FromSeconds(1.5), [Failed]).ToJson());

    [Fact]
    public void A_run_that_ends_with_a_defect_is_not_clean() => Assert.False((Failed with { Violations = [], Error = new InvalidOperationException() }).IsClean);

    [Fact]
    public void The_report_of_a_failure_names_its_seed_and_how_to_replay_it()
    {
        var text = new StringWriter();

        Report.Write(text, Failed, "--seed 7 --trace");

        Assert.StartsWith("Seed 7: 2 polling consoles. To see the whole trace: --seed 7 --trace", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("1.500 s  Overlap: two poll", text.ToString(), StringComparison.Ordinal);
    }
}
