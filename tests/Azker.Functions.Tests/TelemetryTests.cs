using Azker.Core.Tests.Shared;
using Azker.Functions.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.Functions.Tests;

/// <summary>The telemetry that the published worker exports by OTLP.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task The_worker_exports_spans_and_metrics_and_no_secret()
    {
        await using OtlpReceiver receiver = OtlpReceiver.Start();
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(receiver.Settings());

        Assert.Equal(200, (await app.Post(FunctionsFixture.Command(100, "/ping"))).Status);
        await Eventually.IsTrue(() => receiver.Spans.Contains("process update"), "the span of the update arrives");
        await Eventually.IsTrue(() => receiver.Metrics.Any(metric => metric.Name == "azker.updates"), "the count of the update arrives");

        Assert.Contains("sendMessage", receiver.Spans);
        Assert.DoesNotContain(FunctionsFixture.Token.Split(':')[1], receiver.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(FunctionsFixture.Secret, receiver.Everything, StringComparison.Ordinal);
    }
}
