using System.Diagnostics;
using System.Text;
using Azker.Core.Configuration;
using Azker.Core.Tests.Polling;
using Azker.Core.Tests.Shared;
using Azker.Core.Webhook;

namespace Azker.Core.Tests.Telemetry;

public sealed class UpdateSpanTests : IDisposable
{
    private const string Json = """{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"private words"}}""";

    private readonly SpanRecorder _spans = new();

    public void Dispose() => _spans.Dispose();

    [Fact]
    public async Task A_polled_update_is_one_span_with_the_claim_the_attempt_and_the_settling_as_children()
    {
        await using PollingFixture polling = await PollingFixture.CreateAsync();
        int? id = polling.Bot.EnqueueText(5, 5, "/ping 1");
        _ = polling.Start();
        await polling.PassUntil(() => _spans.Named("process update").Count == 1, "the update is settled");

        Activity span = Assert.Single(_spans.Named("process update"));
        Assert.Equal(["claim update", "handle update", "settle update"], _spans.ChildrenOf(span));
        Assert.Equal((ActivityKind.Consumer, default), (span.Kind, span.ParentSpanId));
        Assert.Equal(
            [
                "azker.bot.id=123456", "azker.receive.mode=polling", $"azker.update.id={id}", "azker.update.kind=message",
                "azker.update.outcome=settled", "messaging.operation.name=process", "messaging.operation.type=process", "messaging.system=telegram",
            ],
            TagsOf(span));
        Assert.Contains("azker.claim.outcome=claimed", TagsOf(Assert.Single(_spans.Named("claim update"))));
        Assert.Contains("azker.handler.outcome=handled", TagsOf(Assert.Single(_spans.Named("handle update"))));
    }

    [Fact]
    public async Task A_call_of_a_handler_to_the_Bot_API_is_a_span_of_its_attempt_without_the_URL()
    {
        await using PollingFixture polling = await PollingFixture.CreateAsync();
        polling.Bot.EnqueueText(5, 5, "/ping 1");
        _ = polling.Start();
        await polling.PassUntil(() => _spans.Named("process update").Count == 1, "the update is settled");

        Activity call = Assert.Single(_spans.Named("sendMessage"));
        Assert.Equal(["sendMessage"], _spans.ChildrenOf(Assert.Single(_spans.Named("handle update"))));
        Assert.Equal(ActivityKind.Client, call.Kind);
        Assert.Equal(
            ["azker.bot.id=123456", "http.response.status_code=200", "server.address=127.0.0.1", $"server.port={new Uri(polling.Server.Url).Port}"],
            TagsOf(call));
    }

    [Fact]
    public async Task A_pushed_update_is_a_child_of_its_request()
    {
        await using var services = new Services(Webhook, new TestHandler(_ => true, (_, _) => Task.CompletedTask));
        using Activity request = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

        Assert.Equal(200, (await Post(services)).StatusCode);

        Activity span = Assert.Single(_spans.Named("process update"));
        Assert.Equal((request.SpanId, request.TraceId), (span.ParentSpanId, span.TraceId));
        Assert.Contains("azker.receive.mode=webhook", TagsOf(span));
        Assert.Same(request, Activity.Current);
    }

    [Fact]
    public async Task A_request_that_nobody_records_is_no_parent_because_a_sampler_would_drop_the_update_with_it()
    {
        await using var services = new Services(Webhook, new TestHandler(_ => true, (_, _) => Task.CompletedTask));
        using Activity request = new Activity("request").Start();

        Assert.Equal(200, (await Post(services)).StatusCode);

        Assert.Null(Assert.Single(_spans.Named("process update")).ParentId);
    }

    [Fact]
    public async Task A_failed_attempt_is_an_error_with_the_type_of_the_exception_and_without_any_text()
    {
        await using var services = new Services(
            [.. Webhook, (SettingNames.MaxAttempts, "1")], new TestHandler(_ => true, (_, _) => throw new InvalidOperationException("private words")));

        Assert.Equal(200, (await Post(services)).StatusCode);

        Activity attempt = Assert.Single(_spans.Named("handle update"));
        Assert.Equal((ActivityStatusCode.Error, null), (attempt.Status, attempt.StatusDescription));
        Assert.Contains("error.type=System.InvalidOperationException", TagsOf(attempt));
        Assert.Contains("azker.update.outcome=dead", TagsOf(Assert.Single(_spans.Named("process update"))));
        Assert.DoesNotContain(_spans.Spans, span => TagsOf(span).Any(tag => tag.Contains("private words", StringComparison.Ordinal)) || span.Events.Any());
    }

    private static IEnumerable<(string, string?)> Webhook =>
        [(SettingNames.UseWebhook, "true"), (SettingNames.WebhookUrl, StandIn.Url), (SettingNames.WebhookSecret, "secret")];

    private static Task<WebhookOutcome> Post(Services services)
    {
        byte[] body = Encoding.UTF8.GetBytes(Json);
        var request = new WebhookRequest
        {
            Method = "POST",
            SecretTokens = ["secret"],
            ContentType = "application/json",
            ContentLength = body.Length,
            Body = new MemoryStream(body),
            Aborted = TestContext.Current.CancellationToken,
        };
        return services.Get<WebhookReceiver>().ReceiveAsync(request, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> TagsOf(Activity span) => span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);
}
