using Azker.Core.Handling.Commands;
using Telegram.Bot.Types;

namespace BotNamespace;

/// <summary>Answers <c>/start</c>. Azker puts the command into the bot's menu.</summary>
public sealed class StartCommand : IBotCommand
{
    public string Name => "start";

    public string Description => "says hello";

    public string Answer(Message message, string arguments) => "Hello! Send me a text, and I send it back.";
}
