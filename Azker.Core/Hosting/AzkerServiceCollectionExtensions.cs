using Azker.Core.Configuration;
using Azker.Core.Handling;
using Azker.Core.Handling.Commands;
using Azker.Core.Hosting;
using Azker.Core.Locking.Machine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds bots to an application.</summary>
public static class AzkerServiceCollectionExtensions
{
    /// <summary>Adds the only bot of an application, which receives its updates while the host runs.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configuration">
    /// The settings by their environment names, such as <c>TELEGRAM_BOT_TOKEN</c>. The host checks all settings together when it starts,
    /// and throws <see cref="OptionsValidationException"/> with a line for each fault.
    /// </param>
    /// <returns>The builder that takes the handlers of the bot.</returns>
    public static IAzkerBuilder AddAzker(this IServiceCollection services, IConfiguration configuration) =>
        services.AddAzker(Options.Options.DefaultName, configuration);

    /// <summary>Adds the only bot of an application, with options that are set in code.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options. The host checks them when it starts.</param>
    /// <returns>The builder that takes the handlers of the bot.</returns>
    public static IAzkerBuilder AddAzker(this IServiceCollection services, Action<AzkerOptions> configure) =>
        services.AddAzker(Options.Options.DefaultName, configure);

    /// <summary>Adds one of several bots of an application.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the bot, which is the key of its services.</param>
    /// <param name="configuration">The settings of this bot by their environment names, such as the section <c>Sales</c> with <c>Sales:TELEGRAM_BOT_TOKEN</c>.</param>
    /// <returns>The builder that takes the handlers of the bot.</returns>
    public static IAzkerBuilder AddAzker(this IServiceCollection services, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddAzkerOptions(name, configuration, configure: null);
        return services.AddBot(name).ReceiveInBackground();
    }

    /// <summary>Adds one of several bots of an application, with options that are set in code.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the bot, which is the key of its services.</param>
    /// <param name="configure">Sets the options. The host checks them when it starts.</param>
    /// <returns>The builder that takes the handlers of the bot.</returns>
    public static IAzkerBuilder AddAzker(this IServiceCollection services, string name, Action<AzkerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddAzkerOptions(name, configuration: null, configure);
        return services.AddBot(name).ReceiveInBackground();
    }

    /// <summary>Adds a bot without the service that receives in the background, for a host that brings the updates.</summary>
    internal static IAzkerBuilder AddBot(this IServiceCollection services, string name)
    {
        var azker = new AzkerBuilder(services, name);
        services.AddLogging();
        services.TryAddScoped<WebhookReply>();
        if (!services.Any(service => service.ServiceType == typeof(AzkerBot) && Equals(service.ServiceKey, name)))
        {
            services.AddKeyedSingleton(name, (provider, _) => AzkerBotFactory.Create(provider, name));
            services.AddSingleton(new AzkerBotName(name));
        }

        azker.TryAddSingleton(provider => provider.GetRequiredKeyedService<AzkerBot>(name));
        azker.TryAddSingleton(provider => provider.GetRequiredKeyedService<AzkerBot>(name).Client);
        azker.TryAddSingleton(provider => provider.GetRequiredKeyedService<AzkerBot>(name).Status);
        azker.TryAddSingleton(provider => provider.GetRequiredKeyedService<AzkerBot>(name).RunningUpdates);
        azker.TryAddSingleton(provider => new BotProfile(provider.GetRequiredKeyedService<AzkerBot>(name).Client));
        return azker;
    }

    private static IAzkerBuilder ReceiveInBackground(this IAzkerBuilder azker)
    {
        string name = azker.Name;
        azker.Services.TryAddSingleton(provider => MachineMarks.OfThisSystem(provider.GetService<TimeProvider>() ?? TimeProvider.System));
        if (!azker.Services.Any(service => service.ServiceType == typeof(ReceiverService) && Equals(service.ServiceKey, name)))
        {
            azker.Services.AddKeyedSingleton(name, (provider, _) => ActivatorUtilities.CreateInstance<ReceiverService>(provider, provider.GetRequiredKeyedService<AzkerBot>(name)));
            azker.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<ReceiverService>(name));
        }

        return azker;
    }
}
