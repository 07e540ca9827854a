using System.Text;
using System.Text.Json;

namespace Azker.BotApi.Updates;

/// <summary>An update without its id, <c>"message":{...}</c>, with the values that the queue needs.</summary>
internal sealed record UpdateFragment(QueuedKind Kind, byte[] Json, long? Date, long Key)
{
    /// <summary>A sentence for a refusal that says which update to give.</summary>
    public const string Expected = "Send a JSON object with one member, the update without its update_id: {\"message\":{...}}.";

    /// <exception cref="ArgumentException">The text is not a JSON object with exactly one member.</exception>
    public static UpdateFragment Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return FindFault(document.RootElement) is { } fault
                ? throw new ArgumentException($"{fault} {Expected}", nameof(json))
                : Of(document.RootElement.EnumerateObject().Single());
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The update is not JSON: {exception.Message} {Expected}", nameof(json), exception);
        }
    }

    /// <summary>The update as the Bot API server sends it, with a line feed after the id.</summary>
    public static byte[] ToWire(int updateId, ReadOnlySpan<byte> fragment) =>
        [.. Encoding.ASCII.GetBytes($"{{\"update_id\":{updateId},\n"), .. fragment, (byte)'}'];

    private static string? FindFault(JsonElement update) => update.ValueKind switch
    {
        JsonValueKind.Object when update.GetPropertyCount() == 1 => null,
        JsonValueKind.Object => $"The update has {update.GetPropertyCount()} members.",
        _ => $"The update is a JSON {update.ValueKind.ToString().ToLowerInvariant()}.",
    };

    private static UpdateFragment Of(JsonProperty property)
    {
        QueuedKind kind = QueuedKinds.Find(property.Name);
        byte[] fragment = Encoding.UTF8.GetBytes($"{JsonSerializer.Serialize(property.Name)}:{property.Value.GetRawText()}");
        long? date = kind.DatePaths.Select(path => Integer(property.Value, path)).FirstOrDefault(value => value is not null);
        long? id = kind.KeyPath is null ? null : Integer(property.Value, kind.KeyPath);
        return new UpdateFragment(kind, fragment, date, id is null ? 0 : kind.OrderingKey(id.Value));
    }

    /// <summary>
    /// Reads a number, or a number in a string, as poll ids are. Any other value counts as absent, because a test may enqueue a wrong
    /// update on purpose.
    /// </summary>
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
