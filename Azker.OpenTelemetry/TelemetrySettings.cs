using Microsoft.Extensions.Configuration;

namespace Azker.OpenTelemetry;

/// <summary>The settings that turn the export on. OpenTelemetry and Azure Monitor define them.</summary>
internal static class TelemetrySettings
{
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The meter of .NET itself: garbage collection, threads, exceptions.</summary>
    public const string RuntimeMeter = "System.Runtime";

    private const string Prefix = "OTEL_";

    /// <summary>The settings of OpenTelemetry among all settings.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Of(IConfiguration settings) =>
        [.. settings.AsEnumerable().Where(setting => setting.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))];
}
