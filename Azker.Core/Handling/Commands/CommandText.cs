using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Azker.Core.Handling.Commands;

/// <summary>The command at the start of a message: <c>/name</c>, or <c>/name@bot</c> in a group, and its arguments.</summary>
/// <param name="Name">The name in lower case, without the slash.</param>
/// <param name="Mention">The name of the bot after the @; <see langword="null"/> when the command names no bot.</param>
/// <param name="Arguments">The text after the command, trimmed; empty when there is none.</param>
public readonly record struct CommandText(string Name, string? Mention, string Arguments)
{
    /// <summary>Reads a message's command.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The command; <see langword="null"/> when the message does not start with a command.</returns>
    public static CommandText? Of(Message? message)
    {
        if (message is not { Text: { } text, Entities: [{ Type: MessageEntityType.BotCommand, Offset: 0 } entity, ..] }
            || entity.Length > text.Length)
        {
            return null;
        }

        string[] parts = text[1..entity.Length].Split('@', 2);
        return new CommandText(parts[0].ToLowerInvariant(), parts.Length > 1 ? parts[1] : null, text[entity.Length..].Trim());
    }
}
