using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Azker.Core.Configuration;

/// <summary>Registers the options of a bot.</summary>
internal static class AzkerOptionsServices
{
    /// <summary>Adds the options of one bot: read, completed, and validated when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the options; <see cref="Options.DefaultName"/> for the only bot.</param>
    /// <param name="configuration">The configuration, or the bot's section of it; <see langword="null"/> when code sets all.</param>
    /// <param name="configure">Sets options after the configuration, and wins.</param>
    public static IServiceCollection AddAzkerOptions(
        this IServiceCollection services, string name, IConfiguration? configuration, Action<AzkerOptions>? configure)
    {
        services.AddOptions<AzkerOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AzkerOptions>, AzkerOptionsCompletion>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AzkerOptions>, AzkerOptionsValidation>());
        if (configuration is not null)
        {
            services.AddSingleton<IConfigureOptions<AzkerOptions>>(new AzkerSettings(name, configuration));
        }

        return configure is null ? services : services.Configure(name, configure);
    }
}
