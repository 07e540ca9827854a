using System.Text.Json.Serialization;

namespace Azker.Benchmarks.Receiving;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReceivingSummary))]
internal sealed partial class ReceivingJsonContext : JsonSerializerContext;
