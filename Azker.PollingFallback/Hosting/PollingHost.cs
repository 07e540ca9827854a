using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.PollingFallback.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Azker.PollingFallback.Hosting;

/// <summary>Builds the console's host.</summary>
internal static class PollingHost
{
    /// <param name="configuration">The settings, for the levels of the log.</param>
    /// <param name="options">The options.</param>
    /// <param name="configure">Replaces services; a test's handlers come before the bot's.</param>
    public static IHost Create(IConfiguration configuration, AzkerOptions options, Action<IServiceCollection>? configure = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            // What a host fails of comes out of it as an exception, and is told there in words.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical)
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff'Z' ";
            });
        configure?.Invoke(builder.Services);
        builder.Services
            .AddReceiver(options)
            .AddBot()
            .AddSingleton<ReceiverLock>()
            .AddSingleton<WebhookEndpoint>()
            .AddSingleton<HealthEndpoint>()
            .AddSingleton<HttpFront>()
            .AddSingleton<IHostLifetime, PosixSignalLifetime>()
            .AddSingleton(typeof(IConsoleRun), RunOf(options.Webhook))
            .AddHostedService<LedgerHousekeeping>();
        return builder.Build();
    }

    private static Type RunOf(WebhookOptions webhook) => webhook switch
    {
        { UseWebhook: false } => typeof(PollingRun),
        { Listen: null } => typeof(FallbackRun),
        _ => typeof(WebhookRun),
    };
}
