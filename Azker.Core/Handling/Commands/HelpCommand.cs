using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot.Types;

namespace Azker.Core.Handling.Commands;

/// <summary>It is one of the commands that it lists, so it asks for them when it answers.</summary>
internal sealed class HelpCommand(IServiceProvider services) : IBotCommand
{
    public string Name => "help";

    public string Description => "lists the commands";

    public string Answer(Message message, string arguments) => string.Join(
        '\n',
        services.GetServices<IBotCommand>().Select(command => $"/{command.Name} - {command.Description}"));
}
