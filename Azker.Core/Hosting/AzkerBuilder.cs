using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Hosting;

/// <summary>Adds the services of one bot: under no key for the only bot of an application, under the bot's name for a named bot.</summary>
internal sealed class AzkerBuilder(IServiceCollection services, string name) : IAzkerBuilder
{
    public string Name => name;

    public IServiceCollection Services => services;
}
