using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Azker.Core.Hosting;

/// <summary>Registers services of one bot, with the bot's name as their key if the bot has a name.</summary>
internal static class AzkerBuilderServices
{
    extension(IAzkerBuilder azker)
    {
        private bool IsNamed => azker.Name.Length > 0;

        /// <summary>Registers a type that the container constructs once in a scope, unless it is registered.</summary>
        public void TryAddScoped<TService>()
            where TService : class
        {
            string name = azker.Name;
            if (azker.IsNamed)
            {
                azker.Services.TryAddKeyedScoped(name, (services, _) => ActivatorUtilities.CreateInstance<TService>(new BotServiceProvider(services, name)));
            }
            else
            {
                azker.Services.TryAddScoped<TService>();
            }
        }

        /// <summary>Registers a service that is made once, unless it is registered.</summary>
        public void TryAddSingleton<TService>(Func<IServiceProvider, TService> create)
            where TService : class
        {
            if (azker.IsNamed)
            {
                azker.Services.TryAddKeyedSingleton(azker.Name, (services, _) => create(services));
            }
            else
            {
                azker.Services.TryAddSingleton(create);
            }
        }

        /// <summary>Adds a service to the list of its type, unless a service of the same implementation is in the list.</summary>
        public void TryAddEnumerable<TService, TImplementation>()
            where TService : class
            where TImplementation : class, TService
        {
            azker.TryAddScoped<TImplementation>();
            string name = azker.Name;
            azker.Services.TryAddEnumerable(azker.IsNamed
                ? ServiceDescriptor.KeyedScoped<TService, TImplementation>(name, (services, _) => services.GetRequiredKeyedService<TImplementation>(name))
                : ServiceDescriptor.Scoped<TService, TImplementation>(services => services.GetRequiredService<TImplementation>()));
        }

        /// <summary>The service of this bot from the services of a scope.</summary>
        public TService Get<TService>(IServiceProvider services)
            where TService : notnull =>
            azker.IsNamed ? services.GetRequiredKeyedService<TService>(azker.Name) : services.GetRequiredService<TService>();

        /// <summary>The services of a scope as the constructors of this bot's handlers see them.</summary>
        public IServiceProvider View(IServiceProvider services) => azker.IsNamed ? new BotServiceProvider(services, azker.Name) : services;
    }
}
