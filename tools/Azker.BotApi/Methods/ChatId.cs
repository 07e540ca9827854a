using System.Globalization;

namespace Azker.BotApi.Methods;

/// <summary>Reads a chat's id. Every chat with a number exists; no chat has a name.</summary>
internal static class ChatId
{
    /// <exception cref="CallRefusal">The text is not the id of a chat.</exception>
    public static long Parse(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long chat) && chat != 0
            ? chat
            : throw new CallRefusal(text.Length == 0 ? "chat_id is empty" : "chat not found");
}
