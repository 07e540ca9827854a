namespace Azker.Core.Handling.Errors;

/// <summary>
/// The descriptions of a 400 that depend on chats, users, rights and messages, and not on the call: the Bot API would refuse the same
/// call again, and the developer cannot change it.
/// </summary>
/// <remarks>
/// Sources: tdlib/telegram-bot-api 01a3679 (Client.cpp: fail_query_with_error, check_chat, check_chat_access, check_message and their
/// callers), tdlib/td 022d602 (td/telegram: texts of Status::Error and set_error with code 400), and, for names in capitals, the errors of
/// Telegram's servers, which both pass on (core.telegram.org/api/errors and the pages of the methods).
/// </remarks>
internal static class ApiRefusals
{
    private static readonly string[] Texts =
    [
        // Chats and users: telegram-bot-api check_chat; td DialogManager, ChatManager, UserManager.
        "chat not found",
        "user not found",
        "member not found",
        "participant_id_invalid",
        "user_not_participant",
        "user_already_participant",
        "user_id_invalid",
        "peer_id_invalid",
        "channel_private",
        "channel_invalid",
        "user is deactivated",
        "user is deleted",
        "user_deactivated",
        "chat is deactivated",
        "group chat was deactivated",
        "group is deactivated",
        "group chat was deleted",
        "upgraded to a supergroup",
        "chat is not accessible",
        "can't access the chat",
        "can't access the user",
        "have no access to the chat",
        "have no access to the user",
        "business connection not found",
        "business_connection_invalid",
        "business_peer_invalid",
        "method is available only for",
        "method is available for",

        // Blocked and removed bots; most of these come as a 403.
        "bot was blocked",
        "bot was kicked",
        "bot is not a member",
        "user_is_blocked",
        "you_blocked_user",
        "can't initiate conversation",
        "can't send messages to bots",
        "can't send messages to the bot",
        "restricted receiving of",
        "privacy_premium_required",
        "premium_account_required",
        "allow_payment_required",

        // Rights: td DialogParticipantManager, MessagesManager (can_send_message). The Bot API server turns a 403 of Telegram's servers
        // whose text is a name in capitals into a 400: fail_query_with_error.
        "not enough rights",
        "have no rights",
        "have no write access",
        "need administrator right",
        "messages administrator right",
        "need owner rights",
        "need creator rights",
        "chat_admin_required",
        "_forbidden",
        "_restricted",
        "user_banned_in_channel",
        "user_permission_denied",
        "channel_public_group_na",
        "user is an administrator of the chat",
        "user is not an administrator",
        "user is banned from the chat",
        "user_admin_invalid",
        "user_not_mutual_contact",
        "user_channels_too_much",
        "can't remove chat owner",
        "can't edit chat owner",
        "can't restrict self",
        "can't demote chat creator",
        "there are no administrators in the private chat",

        // Topics: telegram-bot-api check_message_topic; td ForumTopicManager, MessageTopic.
        "message thread not found",
        "topic not found",
        "topic was deleted",
        "topic_closed",
        "topic_deleted",
        "topic_id_invalid",
        "chat is not a forum",
        "can't access the topic",

        // Messages: the message_type arguments of telegram-bot-api check_message; td MessagesManager.
        "message not found",
        "messages not found",
        "message to be replied not found",
        "replied message not found",
        "message to reply not found",
        "message to edit not found",
        "message to delete not found",
        "message to delete reactions not found",
        "message to pin not found",
        "message to unpin not found",
        "message to forward not found",
        "message to copy not found",
        "message to react not found",
        "message to set game score not found",
        "message to get game high scores not found",
        "message with poll to stop not found",
        "message poll not found",
        "suggested post not found",
        "message was deleted",
        "is not modified",
        "_not_modified",
        "message can't be edited",
        "message can't be deleted",
        "message can't be copied",
        "message can't be forwarded",
        "messages can't be forwarded",
        "message can't be pinned",
        "service messages can't be pinned",
        "has protected content",
        "message is too old",
        "message_id_invalid",
        "msg_id_invalid",
        "message_edit_time_expired",
        "message_author_required",
        "reaction_invalid",
        "reaction isn't available",
        "poll has already been closed",
        "poll can't be stopped",
        "chat to forward messages from not found",

        // Queries and requests that are over: telegram-bot-api fail_query_with_error.
        "query is too old",
        "query_id_invalid",
        "hide_requester_missing",
        "invite_hash_expired",
        "charge_already_refunded",
    ];

    /// <summary>Whether the description of a 400 is a refusal.</summary>
    public static bool Contain(string description) =>
        Array.Exists(Texts, text => description.Contains(text, StringComparison.OrdinalIgnoreCase));
}
