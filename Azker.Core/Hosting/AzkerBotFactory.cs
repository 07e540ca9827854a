using System.Diagnostics.Metrics;
using Azker.Core.Configuration;
using Azker.Core.Handling;
using Azker.Core.Handling.Commands;
using Azker.Core.Handling.Errors;
using Azker.Core.Locking.Machine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Azker.Core.Hosting;

/// <summary>Makes a bot from the services of the application.</summary>
internal static class AzkerBotFactory
{
    public static AzkerBot Create(IServiceProvider services, string name)
    {
        AzkerOptions options = services.GetRequiredService<IOptionsMonitor<AzkerOptions>>().Get(name);
        var receiver = new ServiceCollection();
        receiver.AddSingleton<ILoggerFactory>(new SharedLoggerFactory(services.GetRequiredService<ILoggerFactory>(), name.Length == 0 ? "" : $"[{name}]"));
        receiver.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        receiver.AddSingleton(services.GetService<TimeProvider>() ?? TimeProvider.System);
        if (services.GetService<IMeterFactory>() is { } meters)
        {
            receiver.AddSingleton(meters);
        }

        if (services.GetService<IMachineMarks>() is { } marks)
        {
            receiver.AddSingleton(marks);
        }

        IEnumerable<HandlerRegistration> handlers = services.GetKeyedServices<HandlerRegistration>(name);
        receiver.AddSingleton(_ => new BotHandlers(services.GetRequiredService<IServiceScopeFactory>(), handlers));
        receiver.AddSingleton(new BotCommandList(() => Commands(services, name)));
        services.GetKeyedServices<ErrorRule>(name).ToList().ForEach(rule => receiver.AddSingleton(rule));
        services.GetKeyedServices<ReceiverSetup>(name).ToList().ForEach(setup => setup(options, receiver));
        return new AzkerBot(name, options, receiver);
    }

    private static IReadOnlyList<BotCommandEntry> Commands(IServiceProvider services, string name)
    {
        using IServiceScope scope = services.CreateScope();
        IEnumerable<IBotCommand> commands = name.Length == 0
            ? scope.ServiceProvider.GetServices<IBotCommand>()
            : scope.ServiceProvider.GetKeyedServices<IBotCommand>(name);
        return [.. commands.Select(command => new BotCommandEntry(command.Name, command.Description))];
    }

    /// <summary>The application's logging, which a bot's container must not dispose of; the categories of a named bot end with its name.</summary>
    private sealed class SharedLoggerFactory(ILoggerFactory factory, string suffix) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => factory.CreateLogger(categoryName + suffix);

        public void AddProvider(ILoggerProvider provider) => factory.AddProvider(provider);

        public void Dispose()
        {
        }
    }
}
