using System.Net.Sockets;
using Azker.AspNetCore.Dashboard;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Azker.PollingFallback.Hosting;

/// <summary>Builds the console's host, with a server if the settings name an address to listen at.</summary>
internal static class ConsoleHost
{
    /// <summary>The time for the answers of cancelled handlers, before the server closes its connections.</summary>
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(5);

    /// <summary>Builds the host of a run that receives.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="configure">Adds the handlers of the bot.</param>
    /// <param name="order">Sets the options that only the command line sets.</param>
    /// <exception cref="OptionsValidationException">Settings are faulty.</exception>
    public static IHost CreateReceiving(IConfiguration configuration, Action<IAzkerBuilder>? configure, Action<AzkerOptions> order)
    {
        ProxyEnvironment.Apply(configuration);
        var services = new ServiceCollection();
        configure?.Invoke(services.AddAzker(configuration));
        services.Configure(order);
        AzkerOptions options = ReadOptions(services);
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddHostedService<SystemdNotifications>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Delivery.ShutdownTimeout + options.Polling.ConfirmTimeout + LastAnswers);
        return ConsoleServer.AddressesOf(options) is { Count: > 0 } addresses
            ? ConsoleServer.Create(builder => ConfigureReceiving(builder, configuration, services, options.Log.Format), options, addresses)
            : CreateWithoutServer(builder => ConfigureReceiving(builder, configuration, services, options.Log.Format));
    }

    /// <summary>Builds the host of a command that does not receive.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="configure">Adds the handlers of the bot, for a replay.</param>
    /// <exception cref="OptionsValidationException">Settings are faulty.</exception>
    public static IHost CreateIdle(IConfiguration configuration, Action<IAzkerBuilder>? configure)
    {
        ProxyEnvironment.Apply(configuration);
        var services = new ServiceCollection();
        services.AddAzkerOptions(Options.DefaultName, configuration, configure: null);
        configure?.Invoke(services.AddBot(Options.DefaultName));
        return CreateWithoutServer(builder => Configure(builder, configuration, services, ConsoleLog.FormatOf(configuration)));
    }

    /// <summary>Builds the host of the dashboard, which does not receive.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="configure">Adds the handlers of the bot, for a replay.</param>
    /// <param name="access">Decides who may see the dashboard.</param>
    /// <exception cref="OptionsValidationException">Settings are faulty.</exception>
    public static WebApplication CreateDashboard(IConfiguration configuration, Action<IAzkerBuilder>? configure, Func<AzkerOptions, DashboardAccess> access)
    {
        ProxyEnvironment.Apply(configuration);
        var services = new ServiceCollection();
        services.AddAzkerOptions(Options.DefaultName, configuration, configure: null);
        configure?.Invoke(services.AddBot(Options.DefaultName));
        AzkerOptions options = ReadOptions(services);
        return DashboardServer.Create(
            builder => Configure(builder, configuration, services, options.Log.Format), options, access(options), configuration[ConsoleLanguage.Setting]);
    }

    /// <summary>Starts a host that receives.</summary>
    /// <exception cref="ListenException">The server cannot listen at an address.</exception>
    public static async Task StartAsync(IHost host, CancellationToken cancellationToken)
    {
        IReadOnlyList<Uri> addresses = ConsoleServer.AddressesOf(host.Services.GetRequiredService<AzkerBot>().Options);
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception error) when (addresses.Count > 0 && error is IOException or SocketException)
        {
            throw new ListenException(addresses, error);
        }
    }

    private static IHost CreateWithoutServer(Action<IHostApplicationBuilder> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        configure(builder);
        return builder.Build();
    }

    private static void ConfigureReceiving(IHostApplicationBuilder builder, IConfiguration configuration, IServiceCollection services, LogFormat format)
    {
        Configure(builder, configuration, services, format);
        builder.AddAzkerOpenTelemetry(configuration);
    }

    private static void Configure(IHostApplicationBuilder builder, IConfiguration configuration, IServiceCollection services, LogFormat format)
    {
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            // The console itself prints the message of the exception that ends its host.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddConfiguration(configuration.GetSection("Logging"));
        ConsoleLog.Add(builder.Logging, format);
        foreach (ServiceDescriptor service in services)
        {
            builder.Services.Add(service);
        }

        builder.Services.AddSingleton<IHostLifetime, PosixSignalLifetime>();
        builder.Services.AddWindowsService(service => service.ServiceName = "Azker");
    }

    /// <summary>Reads the options before the host is built, since they decide whether the host has a server.</summary>
    private static AzkerOptions ReadOptions(IServiceCollection services)
    {
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<AzkerOptions>>().CurrentValue;
    }
}
