namespace Azker.Core.Tests.Readme;

/// <summary>The names that Prometheus gives to metrics that arrive by OTLP (OpenTelemetry, "Prometheus and OpenMetrics Compatibility").</summary>
internal static class PrometheusNames
{
    /// <summary>The labels of all metrics.</summary>
    public static IReadOnlySet<string> Labels { get; } = TelemetryPage.Metrics.SelectMany(LabelsOf).ToHashSet();

    /// <summary>The series of a metric. A unit in braces is no part of a name.</summary>
    public static IEnumerable<string> Of(DocumentedMetric metric)
    {
        string name = Escape(metric.Name) + metric.Unit switch
        {
            "s" => "_seconds",
            "1" when metric.Kind == "gauge" => "_ratio",
            _ => "",
        };
        return metric.Kind switch
        {
            "counter" => [$"{name}_total"],
            "histogram" => [$"{name}_bucket", $"{name}_count", $"{name}_sum"],
            _ => [name],
        };
    }

    public static IEnumerable<string> LabelsOf(DocumentedMetric metric) => metric.Tags.Select(Escape);

    private static string Escape(string name) => name.Replace('.', '_');
}
