using System.Text.Json.Serialization;

namespace Azker.Core.Locking.BlobLease;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(BlobLeaseRecord))]
[JsonSerializable(typeof(BlobLeaseLocalRecord))]
internal sealed partial class BlobLeaseJsonContext : JsonSerializerContext;
