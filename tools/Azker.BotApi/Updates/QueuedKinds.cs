namespace Azker.BotApi.Updates;

/// <summary>The types of updates.</summary>
internal static class QueuedKinds
{
    /// <summary>
    /// All types, in the order in which the Bot API server numbers them. getWebhookInfo lists allowed_updates in this order.
    /// </summary>
    public static IReadOnlyList<QueuedKind> All { get; } =
    [
        Message("message", 0, "date"),
        Message("edited_message", 0, "edit_date", "date"),
        Message("channel_post", 0, "date"),
        Message("edited_channel_post", 0, "edit_date", "date"),
        Query("inline_query", 30, "from.id", 1),
        Query("chosen_inline_result", 600, "from.id", 2),
        Query("callback_query", 150, "from.id", 3),
        new("custom_event") { Lifetime = 600 },
        new("custom_query"),
        Query("shipping_query", 150, "from.id", 4),
        Query("pre_checkout_query", 150, "from.id", 4),
        Query("poll", QueuedKind.Day, "id", 0),
        Query("poll_answer", QueuedKind.Day, "poll_id", 0),
        Event("my_chat_member", "date", "chat.id", 5),
        Event("chat_member", "date", "new_chat_member.user.id", 6) with { IsDefault = false },
        Event("chat_join_request", "date", "from.id", 6),
        Event("chat_boost", "boost.add_date", "chat.id", 7),
        Event("removed_chat_boost", "remove_date", "chat.id", 7),
        Event("message_reaction", "date", "chat.id", 8) with { IsDefault = false },
        Event("message_reaction_count", "date", "chat.id", 9) with { IsDefault = false },
        Query("business_connection", QueuedKind.Day, "user.id", 10),
        Message("business_message", 11, "date"),
        Message("edited_business_message", 11, "edit_date", "date"),
        Query("deleted_business_messages", QueuedKind.Day, "chat.id", 11),
        Query("purchased_paid_media", QueuedKind.Day, "from.id", 12),
        Query("managed_bot", QueuedKind.Day, "user.id", 13),
        Message("guest_message", 12, "date"),
    ];

    private static readonly Dictionary<string, QueuedKind> ByName = All.ToDictionary(kind => kind.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a type. A type that is not in the table, such as a newer type, lives for 24 h and has no ordering key.</summary>
    public static QueuedKind Find(string name) => ByName.GetValueOrDefault(name) ?? new QueuedKind(name);

    private static QueuedKind Message(string name, int band, params string[] datePaths) =>
        new(name) { DatePaths = datePaths, KeyPath = "chat.id", KeyBand = band, IsMessage = true };

    private static QueuedKind Event(string name, string datePath, string keyPath, int band) =>
        new(name) { DatePaths = [datePath], KeyPath = keyPath, KeyBand = band };

    private static QueuedKind Query(string name, int lifetime, string keyPath, int band) =>
        new(name) { Lifetime = lifetime, KeyPath = keyPath, KeyBand = band };
}
