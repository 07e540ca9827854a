using System.Collections;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Hosting;

/// <summary>
/// The services that the handlers of a named bot get: a service under the bot's name goes before a service under no name, so that a
/// handler which takes an <c>ITelegramBotClient</c> gets the client of its own bot.
/// </summary>
internal sealed class BotServiceProvider(IServiceProvider services, string name) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IServiceProvider) ? this : FindOwn(serviceType) ?? services.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) => services.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => services.GetRequiredKeyedService(serviceType, serviceKey);

    /// <summary>Finds a service under the bot's name. A container gives a list for every key and type, so an empty list is no such service.</summary>
    private object? FindOwn(Type serviceType) =>
        services.GetKeyedService(serviceType, name) is { } own && !IsEmptyList(serviceType, own) ? own : null;

    private static bool IsEmptyList(Type serviceType, object service) =>
        serviceType.IsGenericType && serviceType.GetGenericTypeDefinition() == typeof(IEnumerable<>) && !((IEnumerable)service).Cast<object>().Any();
}
