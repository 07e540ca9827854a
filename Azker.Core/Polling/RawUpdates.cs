using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azker.Core.Polling;

/// <summary>The updates of one <c>getUpdates</c> answer, each as raw JSON, so that an unreadable update does not stop the others.</summary>
[JsonConverter(typeof(Converter))]
internal sealed class RawUpdates(IReadOnlyList<ReadOnlyMemory<byte>> items)
{
    public IReadOnlyList<ReadOnlyMemory<byte>> Items => items;

    private sealed class Converter : JsonConverter<RawUpdates>
    {
        public override RawUpdates Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("The result of getUpdates is not an array.");
            }

            List<ReadOnlyMemory<byte>> items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref reader)).ToArray());
            }

            return new RawUpdates(items);
        }

        public override void Write(Utf8JsonWriter writer, RawUpdates value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
