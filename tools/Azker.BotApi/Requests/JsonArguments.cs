using System.Text;
using System.Text.Json;

namespace Azker.BotApi.Requests;

/// <summary>
/// Reads a JSON body: a string as its value, any other value as its raw text. A syntax error ends the reading, not the call.
/// </summary>
internal static class JsonArguments
{
    public static void AddTo(RequestArguments arguments, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                if (Value(ref reader, json) is { } value)
                {
                    arguments.Add(name, value);
                }
            }
        }
        catch (JsonException)
        {
            // The Bot API server continues with the arguments that it has read before the error.
        }
    }

    private static string? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return reader.GetString();
        }

        int start = (int)reader.TokenStartIndex;
        bool isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull ? null : Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]);
    }
}
