using System.Text.Json.Serialization;

namespace Azker.Core.Webhook.Registration;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReceiverRecord))]
internal sealed partial class ReceiverRecordJsonContext : JsonSerializerContext;
