using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Core.Updates;

/// <summary>
/// An update as it came from Telegram: its raw JSON, with id, kind and ordering key read from it. The typed form is made
/// when it is first asked for.
/// </summary>
public sealed class ReceivedUpdate
{
    private Update? _update;

    private ReceivedUpdate(ReadOnlyMemory<byte> raw, int id, string kind, UpdateKey key) => (Raw, Id, Kind, Key) = (raw, id, kind, key);

    /// <summary>The JSON, byte for byte as it came, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The <c>update_id</c>.</summary>
    public int Id { get; }

    /// <summary>
    /// The kind of update by its Bot API name, such as <c>message</c> or <c>callback_query</c>; also of a kind that
    /// Azker does not know. Empty when the update has nothing but its id.
    /// </summary>
    public string Kind { get; }

    /// <summary>What orders this update among others.</summary>
    public UpdateKey Key { get; }

    /// <summary>The typed update.</summary>
    /// <exception cref="UnreadableUpdateException">The JSON does not fit the types of the Bot API.</exception>
    public Update Update => _update ??= Deserialize();

    /// <summary>Reads id, kind and key of an update, in one pass.</summary>
    /// <param name="raw">The update's JSON in UTF-8. It is kept, not copied.</param>
    /// <returns>The received update.</returns>
    /// <exception cref="UnreadableUpdateException">
    /// It is not a JSON object, or its <c>update_id</c> is missing or not a 32-bit integer.
    /// </exception>
    public static ReceivedUpdate Parse(ReadOnlyMemory<byte> raw)
    {
        (int id, string kind, UpdateKey key) = UpdateJson.Read(raw.Span);
        return new ReceivedUpdate(raw, id, kind, key);
    }

    private Update Deserialize()
    {
        try
        {
            return JsonSerializer.Deserialize(Raw.Span, JsonBotSerializerContext.Default.Update)!;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new UnreadableUpdateException($"Update {Id} ({Kind}) does not fit the Bot API's types.", exception);
        }
    }
}
