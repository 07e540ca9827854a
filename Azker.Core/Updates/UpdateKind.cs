using System.Text;

namespace Azker.Core.Updates;

/// <summary>
/// A kind of update: its name, the place of its ordering key in the JSON, and how long Telegram keeps it
/// (tdlib/telegram-bot-api, Client.cpp, the calls of add_update).
/// </summary>
internal sealed class UpdateKind
{
    /// <summary>The space of a key that belongs to one update alone.</summary>
    public const int Unordered = -1;

    /// <summary>How long Telegram keeps an update, except those that are soon out of date.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private const int Chat = 0;
    private const int Poll = 14;

    private UpdateKind(string name, int space, string keyPath, string? datePath = null, double? lifetime = null, bool isDefault = true)
    {
        Name = name;
        Utf8Name = Encoding.UTF8.GetBytes(name);
        Space = space;
        KeyName = keyPath;
        KeyPath = Split(keyPath);
        DatePath = datePath is null ? [] : Split(datePath);
        Lifetime = lifetime is { } seconds ? TimeSpan.FromSeconds(seconds) : Day;
        IsDefault = isDefault;
    }

    public static IReadOnlyList<UpdateKind> All { get; } =
    [
        new("message", Chat, "chat.id", "date"),
        new("edited_message", Chat, "chat.id", "edit_date"),
        new("channel_post", Chat, "chat.id", "date"),
        new("edited_channel_post", Chat, "chat.id", "edit_date"),
        new("inline_query", 1, "from.id", lifetime: 30),
        new("chosen_inline_result", 2, "from.id", lifetime: 600),
        new("callback_query", 3, "from.id", lifetime: 150),
        new("shipping_query", 4, "from.id", lifetime: 150),
        new("pre_checkout_query", 4, "from.id", lifetime: 150),
        new("my_chat_member", 5, "chat.id", "date"),
        new("chat_member", 6, "new_chat_member.user.id", "date", isDefault: false),
        new("chat_join_request", 6, "from.id", "date"),
        new("chat_boost", 7, "chat.id", "boost.add_date"),
        new("removed_chat_boost", 7, "chat.id", "remove_date"),
        new("message_reaction", 8, "chat.id", "date", isDefault: false),
        new("message_reaction_count", 9, "chat.id", "date", isDefault: false),
        new("business_connection", 10, "user.id"),
        new("business_message", 11, "chat.id", "date"),
        new("edited_business_message", 11, "chat.id", "edit_date"),
        new("deleted_business_messages", 11, "chat.id"),
        new("guest_message", 12, "chat.id", "date"),
        new("purchased_paid_media", 12, "from.id"),
        new("managed_bot", 13, "user.id"),
        new("poll", Poll, "id"),
        new("poll_answer", Poll, "poll_id"),
        new("subscription", 15, "user.id"),
        new("stopped_message_generation", 16, "chat.id"),
    ];

    /// <summary>The names of the kinds that a Bot API server sends if <c>allowed_updates</c> is empty.</summary>
    public static IReadOnlyList<string> Default { get; } = [.. All.Where(kind => kind.IsDefault).Select(kind => kind.Name)];

    /// <summary>The name as the Bot API has it, such as <c>callback_query</c>.</summary>
    public string Name { get; }

    public byte[] Utf8Name { get; }

    /// <summary>See <see cref="UpdateKey.Space"/>. The numbers up to 13 are those of the server, which has none for polls and the newest kinds.</summary>
    public int Space { get; }

    /// <summary>The place of the id that orders the update, such as <c>chat.id</c>.</summary>
    public string KeyName { get; }

    /// <summary>The properties that lead from the update's object to the id that orders it.</summary>
    public byte[][] KeyPath { get; }

    /// <summary>
    /// The properties that lead to the date from which the lifetime counts; empty for a kind whose lifetime counts from the
    /// moment when Telegram queued it.
    /// </summary>
    public byte[][] DatePath { get; }

    /// <summary>How long Telegram keeps an update of this kind.</summary>
    public TimeSpan Lifetime { get; }

    private bool IsDefault { get; }

    public static UpdateKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    private static byte[][] Split(string path) => [.. path.Split('.').Select(Encoding.UTF8.GetBytes)];
}
