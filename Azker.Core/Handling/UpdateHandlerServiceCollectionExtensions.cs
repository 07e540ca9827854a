using Azker.Core.Handling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers handlers of updates.</summary>
public static class UpdateHandlerServiceCollectionExtensions
{
    /// <summary>Adds a handler behind those already added; the first that accepts an update handles it.</summary>
    /// <typeparam name="THandler">The handler; one is made for each update.</typeparam>
    /// <param name="services">Where to add it.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddUpdateHandler<THandler>(this IServiceCollection services)
        where THandler : class, IBotHandler => services.AddScoped<IBotHandler, THandler>();
}
