namespace Azker.PollingFallback.Tests.Shared;

/// <summary>A metric that arrived by OTLP (opentelemetry/proto/metrics/v1/metrics.proto).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Kind">Its kind as Prometheus names it: gauge, counter or histogram.</param>
/// <param name="Tags">The names of its tags.</param>
internal sealed record ReceivedMetric(string Name, string Unit, string Kind, IReadOnlyList<string> Tags)
{
    private const int Gauge = 5;
    private const int Sum = 7;
    private const int Histogram = 9;

    public static ReceivedMetric Read(ProtobufMessage metric)
    {
        bool isCounter = metric.All(Sum).Any(sum => sum.Number(3) == 1);
        bool isHistogram = metric.All(Histogram).Any();
        IEnumerable<ProtobufMessage> tags = isHistogram ? metric.At(Histogram, 1, 9, 1) : metric.At(Gauge, 1, 7, 1).Concat(metric.At(Sum, 1, 7, 1));
        return new ReceivedMetric(
            metric.At(1).Single().Text,
            metric.At(3).SingleOrDefault().Text,
            isHistogram ? "histogram" : isCounter ? "counter" : "gauge",
            [.. tags.Select(tag => tag.Text).Distinct().Order()]);
    }
}
