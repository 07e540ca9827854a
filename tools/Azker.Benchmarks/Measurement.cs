using System.Text.Json.Serialization;

namespace Azker.Benchmarks;

/// <summary>The result of one measurement.</summary>
/// <param name="Name">The name of the measurement.</param>
/// <param name="Unit">The unit of all values.</param>
/// <param name="Bar">The bound of the values, in words.</param>
/// <param name="IsMet">Whether the values are within the bound.</param>
/// <param name="Values">The value of each run.</param>
internal sealed record Measurement(string Name, string Unit, string Bar, bool IsMet, IReadOnlyList<double> Values)
{
    [JsonPropertyOrder(-1)]
    public int Runs => Values.Count;

    public double Min => Round(Values.Min());

    public double Median => Round(Values.Order().ElementAt(Values.Count / 2));

    public double Mean => Round(Values.Average());

    public double P95 => Round(Values.Order().ElementAt((int)Math.Ceiling(Values.Count * 0.95) - 1));

    public double Max => Round(Values.Max());

    /// <summary>The measurement as one line for people.</summary>
    public string ToLine() => FormattableString.Invariant(
        $"{Name,-32} {Runs,4} runs  min {Min,9} median {Median,9} mean {Mean,9} p95 {P95,9} max {Max,9} {Unit,-14} {(IsMet ? "met   " : "MISSED")} {Bar}");

    private static double Round(double value) => Math.Round(value, 3);
}
