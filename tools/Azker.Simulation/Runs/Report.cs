using Azker.Simulation.Invariants;

namespace Azker.Simulation.Runs;

/// <summary>Writes the report of a seed that failed.</summary>
internal static class Report
{
    private const int LinesBefore = 120;

    public static void Write(TextWriter writer, SeedResult result, string replay)
    {
        writer.WriteLine($"Seed {result.Seed}: {result.Scenario}. To see the whole trace: {replay}");
        foreach (Violation violation in result.Violations)
        {
            writer.WriteLine(FormattableString.Invariant($"  {violation.At.TotalSeconds:0.000} s  {violation.Kind}: {violation.What}"));
        }

        if (result.Error is not null)
        {
            writer.WriteLine($"  {result.Error}");
        }
    }

    /// <summary>Writes the last lines of the trace up to the first violation.</summary>
    public static void WriteTrace(TextWriter writer, SeedResult traced)
    {
        int end = traced.Trace.ToList().FindIndex(line => line.Contains("  VIOLATION ", StringComparison.Ordinal)) + 1;
        end = end == 0 ? traced.Trace.Count : end;
        int start = Math.Max(0, end - LinesBefore);
        if (start > 0)
        {
            writer.WriteLine($"  ... {start} earlier lines");
        }

        foreach (string line in traced.Trace.Take(start..end))
        {
            writer.WriteLine(line);
        }
    }
}
