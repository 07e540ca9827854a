using Telegram.Bot.Types;

namespace Azker.Core.Updates;

/// <summary>
/// An update as Telegram sent it: the raw JSON, and the id, kind, ordering key and date that were read from it.
/// <see cref="Update"/> makes the typed form on first use.
/// </summary>
public sealed class ReceivedUpdate
{
    private readonly UpdateHead _head;
    private Update? _update;

    private ReceivedUpdate(ReadOnlyMemory<byte> raw, UpdateHead head) => (Raw, _head) = (raw, head);

    /// <summary>The JSON in UTF-8, byte for byte as Telegram sent it.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The <c>update_id</c>.</summary>
    public int Id => _head.Id;

    /// <summary>
    /// The kind of update by its Bot API name, such as <c>message</c> or <c>callback_query</c>. A kind that Azker does not
    /// know has its name too. Empty when the update has only an id.
    /// </summary>
    public string Kind => _head.Kind;

    /// <summary>
    /// The typed update. An optional part that Telegram.Bot cannot read is left out: it is <see langword="null"/>, or missing in
    /// its list. This happens when Telegram sends a type of origin, reaction or other part that is newer than Telegram.Bot.
    /// <see cref="Raw"/> has the part.
    /// </summary>
    /// <exception cref="UnreadableUpdateException">
    /// The JSON does not fit the types of the Bot API: a required part, such as the chat of a message, is missing or cannot be
    /// read, or more than 1,000 parts cannot be read.
    /// </exception>
    public Update Update => _update ??= Deserialize();

    /// <summary>Reads the id, kind, key and date of an update in one pass.</summary>
    /// <param name="raw">The update's JSON in UTF-8. The memory is kept, not copied.</param>
    /// <returns>The received update.</returns>
    /// <exception cref="UnreadableUpdateException">
    /// <paramref name="raw"/> is not a JSON object, or its <c>update_id</c> is missing or not a 32-bit integer.
    /// </exception>
    public static ReceivedUpdate Parse(ReadOnlyMemory<byte> raw) => new(raw, UpdateJson.Read(raw.Span));

    /// <summary>The ordering key: updates with equal keys are handled one after the other.</summary>
    internal UpdateKey Key => _head.Key;

    /// <summary>When the message or event of the update happened, UTC; <see langword="null"/> if the update has no date.</summary>
    internal DateTimeOffset? Date => _head.Date;

    /// <summary>Whether Telegram keeps the update for seconds or minutes only, because it is soon out of date.</summary>
    internal bool IsShortLived => _head.Lifetime < UpdateKind.Day;

    /// <summary>When Telegram drops the update, so that it is not delivered again.</summary>
    /// <param name="firstSeenAt">
    /// When the update arrived first. Its lifetime counts from here if the update has no date; the result is then late by the
    /// time that the update waited with Telegram. Its lifetime counts from here too if, by its date, the update would have
    /// expired before it arrived: then the two clocks differ.
    /// </param>
    internal DateTimeOffset ExpiresAt(DateTimeOffset firstSeenAt) =>
        _head.Date is { } date && date + _head.Lifetime >= firstSeenAt ? date + _head.Lifetime : firstSeenAt + _head.Lifetime;

    private Update Deserialize()
    {
        if (_head.Key.Space == UpdateKind.Unordered && UpdateKind.Find(Kind) is { KeyPath.Length: > 1 } kind)
        {
            throw new UnreadableUpdateException($"Update {Id} ({Kind}) does not fit the types of the Bot API: {kind.KeyName} is missing or not a number.");
        }

        try
        {
            return TypedUpdate.Read(Raw.Span);
        }
        catch (Exception exception)
        {
            throw new UnreadableUpdateException($"Update {Id} ({Kind}) does not fit the types of the Bot API.", exception);
        }
    }
}
