using System.Text.Json.Serialization;

namespace Azker.Core.Delivery.Parking;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ParkedUpdateHead))]
internal sealed partial class ParkedUpdateJsonContext : JsonSerializerContext;
