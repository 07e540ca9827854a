using Azker.Core.Handling.Commands;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot.Types;

namespace Azker.Samples.Bot;

/// <summary>Lists the commands. It is in the list itself, so it gets the list when it answers and not when it is constructed.</summary>
internal sealed class HelpCommand(IServiceProvider services) : IBotCommand
{
    public string Name => "help";

    public string Description => "lists the commands";

    public string Answer(Message message, string arguments) => string.Join(
        '\n',
        services.GetServices<IBotCommand>().Select(command => $"/{command.Name} - {command.Description}"));
}
