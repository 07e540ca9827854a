using Azker.Core.Infrastructure;
using Azker.Core.Telemetry;
using Azker.OpenTelemetry;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>Exports the telemetry of an application with Azker.</summary>
public static class AzkerOpenTelemetryExtensions
{
    private const string ServiceName = "azker";

    /// <summary>
    /// Exports traces, metrics and logs by OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and to Azure Monitor if
    /// <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c> is set. Without them nothing is registered.
    /// </summary>
    /// <param name="builder">The builder of the application.</param>
    /// <param name="settings">The settings; <see langword="null"/> for the configuration of the builder.</param>
    /// <returns>Whether telemetry is exported.</returns>
    public static bool AddAzkerOpenTelemetry(this IHostApplicationBuilder builder, IConfiguration? settings = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        settings ??= builder.Configuration;
        bool hasOtlp = settings[TelemetrySettings.OtlpEndpoint] is { Length: > 0 };
        string? azureMonitor = settings[TelemetrySettings.AzureMonitor] is { Length: > 0 } connection ? connection : null;
        if (!hasOtlp && azureMonitor is null)
        {
            return false;
        }

        // OpenTelemetry reads its settings from the configuration of the host, which need not have all settings.
        builder.Configuration.AddInMemoryCollection(TelemetrySettings.Of(settings));
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: AzkerVersion.Current).AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddSource(AzkerTelemetry.Name).AddHttpClientInstrumentation().AddProcessor(new TokenRemoval()))
            .WithMetrics(metrics => metrics.AddMeter(AzkerTelemetry.Name, TelemetrySettings.RuntimeMeter).AddHttpClientInstrumentation())
            .WithLogging(configureBuilder: null, logging => logging.IncludeFormattedMessage = true);
        if (hasOtlp)
        {
            telemetry.UseOtlpExporter();
        }

        if (azureMonitor is not null)
        {
            telemetry.UseAzureMonitorExporter(exporter => exporter.ConnectionString = azureMonitor);
        }

        return true;
    }
}
