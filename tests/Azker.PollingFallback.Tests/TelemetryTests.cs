using Azker.BotApi.Faults;
using Azker.Core.Tests.Readme;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Azker.Processes;

namespace Azker.PollingFallback.Tests;

/// <summary>The data that a real console sends by OTLP.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private static readonly string TokenSecret = ConsoleFixture.Token.Split(':')[1];

    private readonly OtlpReceiver _receiver = OtlpReceiver.Start();
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_console_that_polls_exports_spans_metrics_and_logs_and_no_secret()
    {
        _fixture.Server.Faults.Add(new Fault(FaultKind.Reset) { Method = "sendMessage", Times = 1 });
        _fixture.Bot.EnqueueText(5, 5, "/ping private-words");
        _fixture.Bot.EnqueueUnreadable();
        ConsoleProcess console = _fixture.Start([], [.. _receiver.Settings(), ("Logging__LogLevel__Default", "Trace"), ("MAX_ATTEMPTS", "2")]);
        await _fixture.Confirmed();
        Assert.Equal(0, await console.Stop());

        Assert.Superset(
            new HashSet<string> { "process update", "claim update", "handle update", "settle update", "getUpdates", "sendMessage" }, _receiver.Spans.ToHashSet());
        Assert.Superset(
            new HashSet<string>
            {
                "azker.updates", "azker.handler.duration", "azker.update.latency", "azker.updates.in_flight", "azker.updates.parked",
                "azker.dead_letters", "azker.polls", "azker.lock.held",
            },
            _receiver.Metrics.Select(metric => metric.Name).ToHashSet());
        AssertAsDocumented();
        Assert.Contains(_receiver.Logs, line => line.StartsWith("Polling for bot 123456", StringComparison.Ordinal));
        AssertNowhere(console, TokenSecret);
        Assert.DoesNotContain("private-words", _receiver.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_console_with_a_webhook_exports_its_telemetry_and_no_secret()
    {
        string address = FreePort.TakeAddress();
        await _fixture.DisposeAsync();
        _fixture = await ConsoleFixture.CreateAsync(new BotApi.BotApiServerOptions { Local = true });
        ConsoleProcess console = _fixture.Start(
            [],
            [
                .. _receiver.Settings(), ("Logging__LogLevel__Default", "Trace"), ("USE_WEBHOOK", "true"), ("WEBHOOK_URL", address), ("WEBHOOK_LISTEN", address),
                ("WEBHOOK_SECRET", "the-webhook-secret"),
            ]);
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await _fixture.Answered(1);
        await Eventually.IsTrue(() => _receiver.Spans.Contains("process update"), "the span of the update arrives");
        Assert.Equal(0, await console.Stop());

        Assert.Superset(
            new HashSet<string> { "azker.updates", "azker.webhook.registered", "azker.webhook.pending", "azker.receiver.changes", "azker.lock.held" },
            _receiver.Metrics.Select(metric => metric.Name).ToHashSet());
        Assert.Contains("setWebhook", _receiver.Spans);
        AssertAsDocumented();
        AssertNowhere(console, TokenSecret);
        AssertNowhere(console, "the-webhook-secret");
    }

    [Fact]
    public async Task The_endpoint_may_come_from_the_settings_file()
    {
        await File.WriteAllLinesAsync(
            Path.Combine(_fixture.Directory, ".env"), _receiver.Settings().Select(setting => $"{setting.Name}={setting.Value}"), TestContext.Current.CancellationToken);
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        ConsoleProcess console = _fixture.Start([], ("OTEL_SERVICE_NAME", "the-bot-of-the-test"));
        await _fixture.Answered(1);
        Assert.Equal(0, await console.Stop());

        Assert.Contains("process update", _receiver.Spans);
        Assert.Contains("the-bot-of-the-test", _receiver.Everything, StringComparison.Ordinal);
    }

    /// <summary>Each metric that arrived is in docs/telemetry.md, with its unit and its tags.</summary>
    private void AssertAsDocumented() => Assert.All(_receiver.Metrics, metric =>
    {
        DocumentedMetric documented = Assert.Single(TelemetryPage.Metrics, row => row.Name == metric.Name);
        Assert.Equal(documented.Unit, metric.Unit);
        Assert.Contains("azker.bot.id", metric.Tags);
        Assert.Subset(documented.Tags.ToHashSet(), metric.Tags.ToHashSet());
    });

    private void AssertNowhere(ConsoleProcess console, string secret)
    {
        Assert.DoesNotContain(secret, _receiver.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, console.Errors, StringComparison.Ordinal);
    }
}
