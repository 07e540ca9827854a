using System.Text.Json.Nodes;
using Azker.Functions.Tests.Hosting;
using Azker.Functions.Tests.Shared;

namespace Azker.Functions.Tests;

public sealed class PublishedAppTests
{
    [Fact]
    public async Task The_worker_offers_the_webhook_the_health_report_and_the_guard()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync();

        Assert.Equal(["Health", "HealthLive", "HealthReady", "Webhook", "WebhookGuard"], app.Host.Functions.Keys.Order(StringComparer.Ordinal));
        AssertTrigger(app, "Health", """{"type":"httpTrigger","authLevel":"Anonymous","methods":["get"],"route":"health"}""");
        AssertTrigger(app, "HealthLive", """{"type":"httpTrigger","authLevel":"Anonymous","methods":["get"],"route":"health/live"}""");
        AssertTrigger(app, "HealthReady", """{"type":"httpTrigger","authLevel":"Anonymous","methods":["get"],"route":"health/ready"}""");
        AssertTrigger(app, "Webhook", """{"type":"httpTrigger","authLevel":"Anonymous","methods":["post"],"route":"{*path}"}""");
        AssertTrigger(app, "WebhookGuard", """{"type":"timerTrigger","schedule":"0 */5 * * * *","runOnStartup":true,"useMonitor":false}""");
        Assert.Empty(app.Bot.Statistics.Calls);
    }

    [Fact]
    public async Task The_guard_has_the_schedule_of_the_settings()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(("WEBHOOK_GUARD_SCHEDULE", "30 */2 * * * *"));

        AssertTrigger(app, "WebhookGuard", """{"type":"timerTrigger","schedule":"30 */2 * * * *"}""");
    }

    [Fact]
    public async Task The_routes_are_at_the_root_of_the_site_and_no_local_settings_are_published()
    {
        string hostJson = await File.ReadAllTextAsync(Path.Combine(FunctionsFixture.App.Directory, "host.json"), TestContext.Current.CancellationToken);

        Assert.Equal("", (string?)JsonNode.Parse(hostJson)!["extensions"]!["http"]!["routePrefix"]);
        Assert.Empty(Directory.GetFiles(FunctionsFixture.App.Directory, "local.settings*"));
    }

    [Fact]
    public async Task Successful_invocations_reach_Application_Insights_and_sampling_leaves_out_no_exception()
    {
        string hostJson = await File.ReadAllTextAsync(Path.Combine(FunctionsFixture.App.Directory, "host.json"), TestContext.Current.CancellationToken);
        JsonNode logging = JsonNode.Parse(hostJson)!["logging"]!;

        Assert.Equal("Information", (string?)logging["logLevel"]!["Host.Results"]);
        Assert.Equal("Information", (string?)logging["logLevel"]!["Function"]);
        JsonNode sampling = logging["applicationInsights"]!["samplingSettings"]!;
        Assert.True((bool)sampling["isEnabled"]!);
        Assert.Equal("Exception", (string?)sampling["excludedTypes"]);
    }

    [Fact]
    public async Task With_faulty_settings_the_worker_prints_an_error_for_each_setting_and_ends()
    {
        await using var worker = WorkerProcess.Start(
            FunctionsFixture.App,
            "http://127.0.0.1:1",
            "worker",
            ("TELEGRAM_BOT_TOKEN", "not-a-token-but-secret"),
            ("USE_WEBHOOK", "true"),
            ("WEBHOOK_SECRET", "not allowed, and secret"),
            ("MAX_ATTEMPTS", "0"),
            ("AzureWebJobsStorage", "AccountName=a;AccountKey=top secret, and secret"));

        Assert.Equal(78, await worker.Exit());

        string[] lines = worker.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.All(
            ["TELEGRAM_BOT_TOKEN", "WEBHOOK_URL", "WEBHOOK_SECRET", "MAX_ATTEMPTS", "AzureWebJobsStorage"],
            name => Assert.Single(lines, line => line.StartsWith($"Settings error: {name}: ", StringComparison.Ordinal)));
        Assert.DoesNotContain("and secret", worker.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("but-secret", worker.Errors, StringComparison.Ordinal);
    }

    private static void AssertTrigger(FunctionsFixture app, string function, string expected)
    {
        JsonObject trigger = JsonNode.Parse(app.Host.Functions[function].RawBindings[0])!.AsObject();
        foreach ((string key, JsonNode? value) in JsonNode.Parse(expected)!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(value, trigger[key]), $"{function}: {key} is {trigger[key]?.ToJsonString()}");
        }
    }
}
