using System.Text.Json.Serialization;

namespace Azker.Benchmarks;

/// <summary>What was measured of one thing.</summary>
/// <param name="Name">The thing.</param>
/// <param name="Unit">The unit of all values.</param>
/// <param name="Bar">What is asked of it, in words.</param>
/// <param name="IsMet">Whether it does that.</param>
/// <param name="Values">The value of each run.</param>
internal sealed record Measurement(string Name, string Unit, string Bar, bool IsMet, IReadOnlyList<double> Values)
{
    [JsonPropertyOrder(-1)]
    public int Runs => Values.Count;

    public double Min => Round(Values.Min());

    public double Mean => Round(Values.Average());

    public double P95 => Round(Values.Order().ElementAt((int)Math.Ceiling(Values.Count * 0.95) - 1));

    public double Max => Round(Values.Max());

    /// <summary>In one line, for people.</summary>
    public string ToLine() => FormattableString.Invariant(
        $"{Name,-26} {Runs,4} runs  min {Min,9} mean {Mean,9} p95 {P95,9} max {Max,9} {Unit,-14} {(IsMet ? "met   " : "MISSED")} {Bar}");

    private static double Round(double value) => Math.Round(value, 3);
}
