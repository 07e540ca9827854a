using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Azker.BotApi.Messages;

/// <summary>Builds Message objects as the Bot API server writes them.</summary>
internal static partial class TextMessage
{
    public static JsonObject Create(int messageId, JsonObject from, long chatId, long unixSeconds, string text)
    {
        var message = new JsonObject
        {
            ["message_id"] = messageId,
            ["from"] = from,
            ["chat"] = Chat(chatId),
            ["date"] = unixSeconds,
            ["text"] = text,
        };
        if (Entities(text) is { Count: > 0 } entities)
        {
            message["entities"] = entities;
        }

        return message;
    }

    public static JsonObject User(long userId) => new()
    {
        ["id"] = userId,
        ["is_bot"] = false,
        ["first_name"] = $"User {userId}",
        ["username"] = $"user{userId}",
        ["language_code"] = "en",
    };

    private static JsonObject Chat(long chatId) => chatId switch
    {
        > 0 => new JsonObject { ["id"] = chatId, ["first_name"] = $"User {chatId}", ["username"] = $"user{chatId}", ["type"] = "private" },
        > -1_000_000_000_000 => new JsonObject { ["id"] = chatId, ["title"] = $"Group {-chatId}", ["type"] = "group" },
        _ => new JsonObject { ["id"] = chatId, ["title"] = $"Supergroup {-chatId}", ["type"] = "supergroup" },
    };

    /// <summary>Offsets count UTF-16 units, as those of .NET do.</summary>
    private static JsonArray Entities(string text) =>
    [
        .. Command().Matches(text).Select(match => (JsonNode)new JsonObject
        {
            ["offset"] = match.Index,
            ["length"] = match.Length,
            ["type"] = "bot_command",
        }),
    ];

    [GeneratedRegex(@"(?<![\w/])/[A-Za-z0-9_]{1,64}(@\w{3,32})?(?![\w/])", RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
