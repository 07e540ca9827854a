using System.Text.Json.Serialization;

namespace Azker.Benchmarks.Comparing;

/// <summary>Writes the results of a comparison.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<Comparison.Result>))]
internal sealed partial class ComparisonJsonContext : JsonSerializerContext;
