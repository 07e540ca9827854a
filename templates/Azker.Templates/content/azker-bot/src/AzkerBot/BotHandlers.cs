using Microsoft.Extensions.DependencyInjection;

namespace BotNamespace;

/// <summary>Registers the bot's handlers for the console, the Functions app and the tests.</summary>
public static class BotHandlers
{
    /// <summary>Adds the handlers. The first that accepts an update handles it.</summary>
    public static IAzkerBuilder AddBotHandlers(this IAzkerBuilder azker) => azker
        .AddCommand<StartCommand>()
        .AddHandler<ShoutButton>()
        .AddHandler<EchoHandler>();
}
