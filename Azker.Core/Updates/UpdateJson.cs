using System.Buffers.Text;
using System.Text.Json;

namespace Azker.Core.Updates;

/// <summary>Reads id, kind and ordering key of an update in one pass over its JSON.</summary>
internal static class UpdateJson
{
    public static (int Id, string Kind, UpdateKey Key) Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadObject(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new UnreadableUpdateException("The update is not well-formed JSON.", exception);
        }
    }

    private static (int Id, string Kind, UpdateKey Key) ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new UnreadableUpdateException("The update is not a JSON object.");
        }

        int? id = null;
        string? kind = null;
        UpdateKey? key = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (id is null && reader.ValueTextEquals("update_id"u8))
            {
                id = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value)
                    ? value
                    : throw new UnreadableUpdateException("The update's update_id is not a 32-bit integer.");
            }
            else if (kind is null)
            {
                (kind, key) = ReadPayload(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // The object may be followed by something that is not JSON.
        while (reader.Read())
        {
        }

        return id is null
            ? throw new UnreadableUpdateException("The update has no update_id.")
            : (id.Value, kind ?? "", key ?? new UpdateKey(id.Value, UpdateKind.Unordered));
    }

    private static (string Kind, UpdateKey? Key) ReadPayload(ref Utf8JsonReader reader)
    {
        foreach (UpdateKind kind in UpdateKind.All)
        {
            if (reader.ValueTextEquals(kind.Utf8Name))
            {
                reader.Read();
                return (kind.Name, FindId(ref reader, kind.KeyPath) is { } id ? new UpdateKey(id, kind.Space) : null);
            }
        }

        string unknown = reader.GetString()!;
        reader.Read();
        reader.Skip();
        return (unknown, null);
    }

    private static long? FindId(ref Utf8JsonReader reader, ReadOnlySpan<byte[]> path)
    {
        if (path.IsEmpty)
        {
            return ReadId(ref reader);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isNext = id is null && reader.ValueTextEquals(path[0]);
            reader.Read();
            if (isNext)
            {
                id = FindId(ref reader, path[1..]);
            }
            else
            {
                reader.Skip();
            }
        }

        return id;
    }

    /// <summary>An id is a number, but a poll's, which is a string of digits.</summary>
    private static long? ReadId(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out long number):
                return number;
            case JsonTokenType.String when !reader.HasValueSequence
                && Utf8Parser.TryParse(reader.ValueSpan, out long digits, out int read) && read == reader.ValueSpan.Length:
                return digits;
            default:
                reader.Skip();
                return null;
        }
    }
}
