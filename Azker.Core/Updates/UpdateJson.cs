using System.Buffers.Text;
using System.Text.Json;

namespace Azker.Core.Updates;

/// <summary>Reads the id, kind, ordering key and date of an update in one pass over its JSON.</summary>
internal static class UpdateJson
{
    public static UpdateHead Read(ReadOnlySpan<byte> json)
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

    private static UpdateHead ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new UnreadableUpdateException("The update is not a JSON object.");
        }

        int? id = null;
        Payload? payload = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (id is null && reader.ValueTextEquals("update_id"u8))
            {
                id = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value)
                    ? value
                    : throw new UnreadableUpdateException("The update's update_id is not a 32-bit integer.");
            }
            else if (payload is null)
            {
                payload = ReadPayload(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Text that is not JSON may follow the object.
        while (reader.Read())
        {
        }

        return id is null
            ? throw new UnreadableUpdateException("The update has no update_id.")
            : (payload ?? new Payload("")).ToHead(id.Value);
    }

    private static Payload ReadPayload(ref Utf8JsonReader reader)
    {
        foreach (UpdateKind kind in UpdateKind.All)
        {
            if (reader.ValueTextEquals(kind.Utf8Name))
            {
                reader.Read();
                return ReadFields(ref reader, kind);
            }
        }

        string unknown = reader.GetString()!;
        reader.Read();
        reader.Skip();
        return new Payload(unknown);
    }

    private static Payload ReadFields(ref Utf8JsonReader reader, UpdateKind kind)
    {
        var payload = new Payload(kind.Name, kind);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return payload;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isKey = payload.Id is null && reader.ValueTextEquals(kind.KeyPath[0]);
            bool isDate = payload.Date is null && kind.DatePath is [var first, ..] && reader.ValueTextEquals(first);
            reader.Read();
            if (isKey)
            {
                payload = payload with { Id = FindNumber(ref reader, kind.KeyPath.AsSpan(1)) };
            }
            else if (isDate)
            {
                payload = payload with { Date = FindNumber(ref reader, kind.DatePath.AsSpan(1)) };
            }
            else
            {
                reader.Skip();
            }
        }

        return payload;
    }

    private static long? FindNumber(ref Utf8JsonReader reader, ReadOnlySpan<byte[]> path)
    {
        if (path.IsEmpty)
        {
            return ReadNumber(ref reader);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? number = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isNext = number is null && reader.ValueTextEquals(path[0]);
            reader.Read();
            if (isNext)
            {
                number = FindNumber(ref reader, path[1..]);
            }
            else
            {
                reader.Skip();
            }
        }

        return number;
    }

    /// <summary>Ids and dates are numbers, except the id of a poll, which is a string of digits.</summary>
    private static long? ReadNumber(ref Utf8JsonReader reader)
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

    /// <summary>The property beside <c>update_id</c>: the kind of update and the values read from its object.</summary>
    private readonly record struct Payload(string Name, UpdateKind? Kind = null, long? Id = null, long? Date = null)
    {
        public UpdateHead ToHead(int updateId) => new(
            updateId,
            Name,
            Kind is not null && Id is { } id ? new UpdateKey(id, Kind.Space) : UpdateKey.Own(updateId),
            Date is > 0 and <= int.MaxValue ? DateTimeOffset.FromUnixTimeSeconds(Date.Value) : null,
            Kind?.Lifetime ?? UpdateKind.Day);
    }
}
