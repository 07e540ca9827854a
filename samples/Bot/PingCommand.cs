using Azker.Core.Handling.Commands;
using Telegram.Bot.Types;

namespace Azker.Samples.Bot;

internal sealed class PingCommand : IBotCommand
{
    public string Name => "ping";

    public string Description => "answers pong, with the text after the command";

    public string Answer(Message message, string arguments) => $"pong {arguments}".TrimEnd();
}
