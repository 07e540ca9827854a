using System.Text.Json;
using Azker.BotApi.Faults;
using Azker.Core.Tests.Shared;
using Azker.Functions.Tests.Hosting;
using Azker.Functions.Tests.Shared;

namespace Azker.Functions.Tests;

public sealed class HealthFunctionTests
{
    [Fact]
    public async Task Health_is_200_with_exactly_five_keys_while_the_webhook_receives()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync();
        await app.Host.TickAsync("WebhookGuard");

        HttpAnswer answer = await app.Host.SendAsync(new HttpCall("GET", "/health"));

        Assert.Equal(200, answer.Status);
        Assert.Matches(
            """^\{"status":"ok","timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","mode":"webhook","active":true,"uptime":\d+(\.\d{1,2})?\}$""",
            answer.Body);
        AssertJson(answer);
        Assert.Matches("^[0-9a-f]{16}$", answer.Header("Azker-Bot"));
    }

    [Fact]
    public async Task The_uptime_counts_from_the_start_of_the_worker_and_not_from_the_first_request()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync();
        double running = TimeProvider.System.GetElapsedTime(app.Host.Worker.StartedAt).TotalSeconds;

        HttpAnswer answer = await app.Host.SendAsync(new HttpCall("GET", "/health"));

        // The system counts the start of a process in hundredths of a second.
        Assert.InRange(JsonDocument.Parse(answer.Body).RootElement.GetProperty("uptime").GetDouble(), running - 0.1, 600);
    }

    [Fact]
    public async Task Health_is_503_with_a_reason_while_no_webhook_is_registered()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync();
        app.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "setWebhook" });

        HttpAnswer answer = await app.Host.SendAsync(new HttpCall("GET", "/health"));

        Assert.Equal(503, answer.Status);
        Assert.StartsWith("""{"status":"down",""", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"mode\":\"webhook\",\"active\":false,", answer.Body, StringComparison.Ordinal);
        Assert.EndsWith(",\"reason\":\"The webhook is not registered.\"}", answer.Body, StringComparison.Ordinal);
        AssertJson(answer);
    }

    [Fact]
    public async Task The_first_request_registers_the_webhook_when_the_timer_does_not_fire()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync();

        await app.Host.SendAsync(new HttpCall("GET", "/health"));

        await Eventually.IsTrue(() => app.Bot.Statistics.Calls.Any(call => call.Method == "setwebhook"), "the webhook is registered");
    }

    [Fact]
    public async Task An_app_with_USE_WEBHOOK_false_says_in_health_and_log_that_it_receives_nothing()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(("USE_WEBHOOK", "false"));
        await app.Host.TickAsync("WebhookGuard");

        HttpAnswer answer = await app.Host.SendAsync(new HttpCall("GET", "/health"));

        const string reason = "USE_WEBHOOK is false, so this Functions app registers no webhook and receives no updates.";
        Assert.EndsWith($",\"reason\":\"{reason}\"}}", answer.Body, StringComparison.Ordinal);
        Assert.Contains(app.Host.Logs, line => line.Message == $"{reason} Set USE_WEBHOOK to true and WEBHOOK_URL to the public URL of the app.");
    }

    [Fact]
    public async Task Probes_have_functions_and_routes_of_their_own()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync();
        app.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "setWebhook" });

        HttpAnswer live = await app.Host.SendAsync(new HttpCall("GET", "/health/live"));
        Assert.Equal((200, """{"status":"ok"}"""), (live.Status, live.Body));
        AssertJson(live);
        Assert.DoesNotContain(app.Bot.Statistics.Calls, call => call.Method == "getwebhookinfo");

        HttpAnswer ready = await app.Host.SendAsync(new HttpCall("GET", "/health/ready"));
        Assert.Equal(503, ready.Status);
        AssertJson(ready);
    }

    private static void AssertJson(HttpAnswer answer)
    {
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal($"{answer.Body.Length}", answer.Header("Content-Length"));
    }
}
