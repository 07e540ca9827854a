using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azker.Core.Updates;

/// <summary>Reads an optional property, which has its default when it cannot be read.</summary>
/// <param name="own">The converter of this property alone; <see langword="null"/> if it has none.</param>
internal sealed class SkippingConverter<T>(JsonConverter<T>? own) : JsonConverter<T>
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        SkippedParts.TryRead(ref reader, own, options, out T? value);
        return value;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException();
}
