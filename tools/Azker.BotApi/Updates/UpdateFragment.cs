using System.Text;
using System.Text.Json;

namespace Azker.BotApi.Updates;

/// <summary>An update without its id: <c>"message":{...}</c>, and what the queue needs to know of it.</summary>
internal sealed record UpdateFragment(UpdateKind Kind, byte[] Json, long? Date, long Key)
{
    /// <exception cref="ArgumentException">The text is no JSON object with exactly one property.</exception>
    public static UpdateFragment Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.GetPropertyCount() == 1)
            {
                return Of(document.RootElement.EnumerateObject().Single());
            }
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"An update must be JSON, {{\"message\":{{...}}}}: {exception.Message}", nameof(json), exception);
        }

        throw new ArgumentException(
            "An update must be an object with one property, {\"message\":{...}}, and no update_id.", nameof(json));
    }

    /// <summary>The update as it goes over the wire: the line feed after the id is the Bot API server's own.</summary>
    public static byte[] ToWire(int updateId, ReadOnlySpan<byte> fragment) =>
        [.. Encoding.ASCII.GetBytes($"{{\"update_id\":{updateId},\n"), .. fragment, (byte)'}'];

    private static UpdateFragment Of(JsonProperty property)
    {
        UpdateKind kind = UpdateKinds.Find(property.Name);
        byte[] fragment = Encoding.UTF8.GetBytes($"{JsonSerializer.Serialize(property.Name)}:{property.Value.GetRawText()}");
        long? date = kind.DatePaths.Select(path => Integer(property.Value, path)).FirstOrDefault(value => value is not null);
        long? id = kind.KeyPath is null ? null : Integer(property.Value, kind.KeyPath);
        return new UpdateFragment(kind, fragment, date, id is null ? 0 : kind.OrderingKey(id.Value));
    }

    /// <summary>Poll ids are numbers in strings, all others plain numbers. What is neither is absent: a body may be wrong on purpose.</summary>
    private static long? Integer(JsonElement element, string path)
    {
        foreach (string name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.Number when element.TryGetInt64(out long number) => number,
            JsonValueKind.String when long.TryParse(element.GetString(), out long number) => number,
            _ => null,
        };
    }
}
