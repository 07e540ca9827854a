using System.Collections;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Hosting;

/// <summary>
/// The services that the handlers of a named bot get: those under the bot's name first, so that a handler which takes an
/// <c>ITelegramBotClient</c> gets the client of its own bot, and then all others.
/// </summary>
internal sealed class BotServiceProvider(IServiceProvider services, string name) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IServiceProvider) ? this : FindOwn(serviceType) ?? services.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) => services.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => services.GetRequiredKeyedService(serviceType, serviceKey);

    /// <summary>A container gives a list for every key and type, so an empty list says nothing.</summary>
    private object? FindOwn(Type serviceType) =>
        services.GetKeyedService(serviceType, name) is { } own && !IsEmptyList(serviceType, own) ? own : null;

    private static bool IsEmptyList(Type serviceType, object service) =>
        serviceType.IsGenericType && serviceType.GetGenericTypeDefinition() == typeof(IEnumerable<>) && !((IEnumerable)service).Cast<object>().Any();
}
