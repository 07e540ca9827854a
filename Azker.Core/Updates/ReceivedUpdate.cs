using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Core.Updates;

/// <summary>
/// An update as it came from Telegram: its raw JSON, with id, kind, ordering key and date read from it. The typed form is made
/// when it is first asked for.
/// </summary>
public sealed class ReceivedUpdate
{
    private readonly UpdateHead _head;
    private Update? _update;

    private ReceivedUpdate(ReadOnlyMemory<byte> raw, UpdateHead head) => (Raw, _head) = (raw, head);

    /// <summary>The JSON, byte for byte as it came, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The <c>update_id</c>.</summary>
    public int Id => _head.Id;

    /// <summary>
    /// The kind of update by its Bot API name, such as <c>message</c> or <c>callback_query</c>; also of a kind that
    /// Azker does not know. Empty when the update has nothing but its id.
    /// </summary>
    public string Kind => _head.Kind;

    /// <summary>What orders this update among others.</summary>
    public UpdateKey Key => _head.Key;

    /// <summary>The typed update.</summary>
    /// <exception cref="UnreadableUpdateException">The JSON does not fit the types of the Bot API.</exception>
    public Update Update => _update ??= Deserialize();

    /// <summary>Reads id, kind, key and date of an update, in one pass.</summary>
    /// <param name="raw">The update's JSON in UTF-8. It is kept, not copied.</param>
    /// <returns>The received update.</returns>
    /// <exception cref="UnreadableUpdateException">
    /// It is not a JSON object, or its <c>update_id</c> is missing or not a 32-bit integer.
    /// </exception>
    public static ReceivedUpdate Parse(ReadOnlyMemory<byte> raw) => new(raw, UpdateJson.Read(raw.Span));

    /// <summary>Whether it only means something at once, so that Telegram keeps it for seconds or minutes.</summary>
    internal bool IsShortLived => _head.Lifetime < UpdateKind.Day;

    /// <summary>When Telegram ceases to keep it: after that it does not come again.</summary>
    /// <param name="firstSeenAt">
    /// When it came for the first time. From then on its lifetime counts where its beginning does not stand in the update,
    /// so that the answer may be too late by as long as the update has waited with Telegram; and where it would have been
    /// over by then, since then the clocks here and there differ.
    /// </param>
    internal DateTimeOffset ExpiresAt(DateTimeOffset firstSeenAt) =>
        _head.Date is { } date && date + _head.Lifetime >= firstSeenAt ? date + _head.Lifetime : firstSeenAt + _head.Lifetime;

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
