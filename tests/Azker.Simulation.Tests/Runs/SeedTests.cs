using Azker.Simulation.Invariants;
using Azker.Simulation.Rules;
using Azker.Simulation.Runs;

namespace Azker.Simulation.Tests.Runs;

public sealed class SeedTests
{
    [Fact]
    public void Every_promise_is_kept_in_200_seeds()
    {
        Summary summary = new Batch(first: 0, count: 200, without: null, Environment.ProcessorCount).Run(_ => false);

        Assert.True(summary.IsClean, Describe(summary));
        Assert.Equal(200, summary.Seeds);
    }

    /// <summary>Each rule is removed, and seeds find a violation of the promise that the rule protects.</summary>
    [Theory]
    [InlineData(Rule.R1, ViolationKind.Overlap)]
    [InlineData(Rule.R2, ViolationKind.Overlap)]
    [InlineData(Rule.R3, ViolationKind.Conflict)]
    [InlineData(Rule.R4, ViolationKind.Conflict)]
    [InlineData(Rule.R5, ViolationKind.Conflict)]
    [InlineData(Rule.R6, ViolationKind.Overlap)]
    [InlineData(Rule.R7, ViolationKind.Lost)]
    internal void Without_a_rule_seeds_find_the_broken_promise(Rule without, ViolationKind expected)
    {
        Summary summary = new Batch(first: 0, count: 500, without, Environment.ProcessorCount).Run(
            result => result.Violations.Any(violation => violation.Kind == expected));

        Assert.True(summary.Count(expected) > 0, $"{summary.Seeds} seeds find no {expected} without {without}.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(19)]
    [InlineData(26)]
    public void The_same_seed_gives_the_same_run(int seed)
    {
        SeedResult one = Traced(seed);
        SeedResult other = Traced(seed);

        Assert.Null(one.Error);
        Assert.True(one.Trace.Count > 100, $"The trace has only {one.Trace.Count} lines.");
        Assert.Equal(one.Trace, other.Trace);
        Assert.Equal((one.Steps, one.VirtualTime), (other.Steps, other.VirtualTime));
    }

    /// <summary>Each of these seeds once found a defect. A change of the code may change the run of a seed, so each defect has a test of its own too.</summary>
    [Theory]
    [InlineData(785706)]
    [InlineData(794906)]
    public void Every_promise_is_kept_in_a_seed_that_once_broke_one(int seed)
    {
        SeedResult result = Run(seed, hasTrace: false);

        Assert.True(result.IsClean, result.Error?.ToString() ?? string.Join(", ", result.Violations));
    }

    [Fact]
    public void A_trace_does_not_change_the_run() => Assert.Equal(Run(3, hasTrace: true).Steps, Run(3, hasTrace: false).Steps);

    private static SeedResult Traced(int seed) => Run(seed, hasTrace: true);

    private static SeedResult Run(int seed, bool hasTrace)
    {
        SeedResult? result = null;
        new Batch(seed, 1, without: null, threads: 1) { HasTrace = hasTrace }.Run(one =>
        {
            result = one;
            return true;
        });
        return result!;
    }

    private static string Describe(Summary summary)
    {
        var text = new StringWriter();
        foreach (SeedResult failed in summary.Failed.Take(5))
        {
            Report.Write(text, failed, $"dotnet run -c Release --project tools/Azker.Simulation -- --seed {failed.Seed} --trace");
        }

        return text.ToString();
    }
}
