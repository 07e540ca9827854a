using Azker.Core.Handling.Commands;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the bot: this is the place to put in handlers and commands of one's own.</summary>
public static class BotServiceCollectionExtensions
{
    /// <summary>Adds the handlers and commands of the bot that ships with Azker.</summary>
    /// <param name="services">Where to add them.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddBot(this IServiceCollection services)
    {
        services.TryAddSingleton<BotProfile>();
        return services
            .AddUpdateHandler<CommandHandler>()
            .AddBotCommand<StartCommand>()
            .AddBotCommand<HelpCommand>()
            .AddBotCommand<PingCommand>()
            .AddBotCommand<StatusCommand>();
    }

    /// <summary>Adds a command, which /help lists too.</summary>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <param name="services">Where to add it.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddBotCommand<TCommand>(this IServiceCollection services)
        where TCommand : class, IBotCommand => services.AddSingleton<IBotCommand, TCommand>();
}
