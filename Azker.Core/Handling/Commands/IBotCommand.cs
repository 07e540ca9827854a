using Telegram.Bot.Types;

namespace Azker.Core.Handling.Commands;

/// <summary>A command that the bot answers with a text.</summary>
public interface IBotCommand
{
    /// <summary>The command without its slash: 1-32 of <c>a-z 0-9 _</c> (Bot API, BotCommand).</summary>
    string Name { get; }

    /// <summary>The description in the menu of commands: 1-256 characters (Bot API, BotCommand).</summary>
    string Description { get; }

    /// <summary>Makes the answer.</summary>
    /// <param name="message">The message that has the command.</param>
    /// <param name="arguments">The text after the command, trimmed; empty when there is none.</param>
    /// <returns>The answer, as plain text of 1-4096 characters.</returns>
    string Answer(Message message, string arguments);
}
