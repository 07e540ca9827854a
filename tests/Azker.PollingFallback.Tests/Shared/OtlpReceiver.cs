using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Azker.Processes;

namespace Azker.PollingFallback.Tests.Shared;

/// <summary>An OTLP receiver for http/protobuf that keeps what it receives.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _requests = new();
    private readonly Task _run;

    private OtlpReceiver(string address)
    {
        Address = address;
        _listener.Prefixes.Add($"{address}/");
        _listener.Start();
        _run = RunAsync();
    }

    public string Address { get; }

    /// <summary>All metrics of the meter of Azker, each once.</summary>
    public IReadOnlyList<ReceivedMetric> Metrics =>
    [
        .. Of("/v1/metrics").SelectMany(request => request.At(1, 2))
            .Where(scope => scope.At(1, 1).Any(name => name.Text == "Azker"))
            .SelectMany(scope => scope.All(2))
            .Select(ReceivedMetric.Read)
            .GroupBy(metric => metric.Name, (_, same) => same.Aggregate((one, other) => one with { Tags = one.Tags.Union(other.Tags).Order().ToList() })),
    ];

    /// <summary>The names of the spans.</summary>
    public IReadOnlyList<string> Spans => [.. Of("/v1/traces").SelectMany(request => request.At(1, 2, 2, 5)).Select(name => name.Text)];

    /// <summary>The texts of the log records.</summary>
    public IReadOnlyList<string> Logs => [.. Of("/v1/logs").SelectMany(request => request.At(1, 2, 2, 5, 1)).Select(body => body.Text)];

    /// <summary>Everything that arrived, as text.</summary>
    public string Everything => string.Join('\n', _requests.Select(request => Encoding.Latin1.GetString(request.Body)));

    public static OtlpReceiver Start() => new(FreePort.TakeAddress());

    /// <summary>The settings that make a console export to this receiver, soon and often.</summary>
    public (string Name, string Value)[] Settings() =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", Address),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "300"),
        ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
    ];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _run;
    }

    private IEnumerable<ProtobufMessage> Of(string path) => _requests.Where(request => request.Path == path).Select(request => new ProtobufMessage(request.Body));

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _requests.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
