using System.Text.Json.Serialization;

namespace Azker.Core.Receiving;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReceiverRecord))]
internal sealed partial class ReceiverRecordJsonContext : JsonSerializerContext;
