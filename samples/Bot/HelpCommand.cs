using Azker.Core.Handling.Commands;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot.Types;

namespace Azker.Samples.Bot;

/// <summary>Lists the commands, which it reads only when it answers, since it is in the list itself.</summary>
internal sealed class HelpCommand(IServiceProvider services) : IBotCommand
{
    public string Name => "help";

    public string Description => "lists the commands";

    public string Answer(Message message, string arguments) => string.Join(
        '\n',
        services.GetServices<IBotCommand>().Select(command => $"/{command.Name} - {command.Description}"));
}
