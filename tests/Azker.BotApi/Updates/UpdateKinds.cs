namespace Azker.BotApi.Updates;

internal static class UpdateKinds
{
    /// <summary>In the order in which the Bot API server numbers them, which is the order of `allowed_updates` in getWebhookInfo.</summary>
    public static IReadOnlyList<UpdateKind> All { get; } =
    [
        new("message", UpdateKind.Day, "chat.id", 0, true, "date"),
        new("edited_message", UpdateKind.Day, "chat.id", 0, true, "edit_date", "date"),
        new("channel_post", UpdateKind.Day, "chat.id", 0, true, "date"),
        new("edited_channel_post", UpdateKind.Day, "chat.id", 0, true, "edit_date", "date"),
        new("inline_query", 30, "from.id", 1),
        new("chosen_inline_result", 600, "from.id", 2),
        new("callback_query", 150, "from.id", 3),
        new("custom_event", 600, null, 0),
        new("custom_query", UpdateKind.Day, null, 0),
        new("shipping_query", 150, "from.id", 4),
        new("pre_checkout_query", 150, "from.id", 4),
        new("poll", UpdateKind.Day, "id", 0),
        new("poll_answer", UpdateKind.Day, "poll_id", 0),
        new("my_chat_member", UpdateKind.Day, "chat.id", 5, true, "date"),
        new("chat_member", UpdateKind.Day, "new_chat_member.user.id", 6, false, "date"),
        new("chat_join_request", UpdateKind.Day, "from.id", 6, true, "date"),
        new("chat_boost", UpdateKind.Day, "chat.id", 7, true, "boost.add_date"),
        new("removed_chat_boost", UpdateKind.Day, "chat.id", 7, true, "remove_date"),
        new("message_reaction", UpdateKind.Day, "chat.id", 8, false, "date"),
        new("message_reaction_count", UpdateKind.Day, "chat.id", 9, false, "date"),
        new("business_connection", UpdateKind.Day, "user.id", 10),
        new("business_message", UpdateKind.Day, "chat.id", 11, true, "date"),
        new("edited_business_message", UpdateKind.Day, "chat.id", 11, true, "edit_date", "date"),
        new("deleted_business_messages", UpdateKind.Day, "chat.id", 11),
        new("purchased_paid_media", UpdateKind.Day, "from.id", 12),
        new("managed_bot", UpdateKind.Day, "user.id", 13),
        new("guest_message", UpdateKind.Day, "chat.id", 12, true, "date"),
    ];

    private static readonly Dictionary<string, UpdateKind> ByName = All.ToDictionary(kind => kind.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A type that is not in the table (a newer one) lives for a day and is bound to no other.</summary>
    public static UpdateKind Find(string name) => ByName.GetValueOrDefault(name) ?? new UpdateKind(name, UpdateKind.Day, null, 0);
}
