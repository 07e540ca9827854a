using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azker.Core.Updates;

/// <summary>Reads a list without the elements that cannot be read.</summary>
internal sealed class SkippingListConverter<TList, T> : JsonConverter<TList>
    where TList : IEnumerable<T>
{
    public override TList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The value is not a list.");
        }

        List<T> elements = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (SkippedParts.TryRead<T>(ref reader, null, options, out T? element))
            {
                elements.Add(element!);
            }
        }

        return (TList)(IEnumerable<T>)elements.ToArray();
    }

    public override void Write(Utf8JsonWriter writer, TList value, JsonSerializerOptions options) => throw new NotSupportedException();
}
