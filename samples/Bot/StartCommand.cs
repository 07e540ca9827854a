using Azker.Core.Handling.Commands;
using Telegram.Bot.Types;

namespace Azker.Samples.Bot;

internal sealed class StartCommand : IBotCommand
{
    public string Name => "start";

    public string Description => "says hello";

    public string Answer(Message message, string arguments) =>
        $"Hello{(message.From is { } user ? $", {user.FirstName}" : "")}! I am here. /help lists what I can do.";
}
