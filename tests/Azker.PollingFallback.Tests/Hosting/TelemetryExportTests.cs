using System.Diagnostics;
using Azker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Azker.PollingFallback.Tests.Hosting;

public sealed class TelemetryExportTests
{
    private const string Connection = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=http://127.0.0.1:9/";

    [Theory]
    [InlineData]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "")]
    [InlineData("OTEL_SERVICE_NAME", "bot")]
    public void Without_a_destination_nothing_is_registered(params string[] setting)
    {
        HostApplicationBuilder builder = Builder(setting);
        int before = builder.Services.Count;

        Assert.False(builder.AddAzkerOpenTelemetry());

        Assert.Equal(before, builder.Services.Count);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", Connection)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9", "APPLICATIONINSIGHTS_CONNECTION_STRING", Connection)]
    public void With_a_destination_traces_metrics_and_logs_are_exported(params string[] settings)
    {
        HostApplicationBuilder builder = Builder(settings);

        Assert.True(builder.AddAzkerOpenTelemetry());

        using ServiceProvider services = builder.Services.BuildServiceProvider();
        Assert.NotNull(services.GetService<TracerProvider>());
        Assert.NotNull(services.GetService<MeterProvider>());
        Assert.NotNull(services.GetService<LoggerProvider>());
    }

    [Theory]
    [InlineData("https://api.telegram.org/file/bot123456:AAH-secret_words/photos/file_1.jpg", "https://api.telegram.org/file/bot<token>/photos/file_1.jpg")]
    [InlineData("https://api.telegram.org/bot123456%3AAAH-secret_words/getMe?x=1", "https://api.telegram.org/bot<token>/getMe?x=1")]
    [InlineData("https://bots.example.com/bottle/1", "https://bots.example.com/bottle/1")]
    public void The_token_in_the_URL_of_any_span_is_removed(string url, string exported)
    {
        using var removal = new TokenRemoval();
        using var span = new Activity("GET");
        span.SetTag("url.full", url);

        removal.OnEnd(span);

        Assert.Equal(exported, span.GetTagItem("url.full"));
    }

    private static HostApplicationBuilder Builder(string[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])));
        return builder;
    }
}
