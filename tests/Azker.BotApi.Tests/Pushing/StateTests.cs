using System.Net;
using System.Text.Json;
using Azker.BotApi.Statistics;

namespace Azker.BotApi.Tests.Pushing;

public sealed class StateTests
{
    [Fact]
    public async Task The_pending_count_includes_updates_in_flight()
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        ReceivedRequest request = await test.Receiver.NextAsync();
        Assert.Equal("1", await test.InfoAsync("pending_update_count"));
        await request.AnswerAsync();
        await test.Server.UntilAsync(bot => bot.Statistics.Pending == 0);
    }

    [Fact]
    public async Task Cloud_rules_hold_for_a_host_that_lives_on_this_machine()
    {
        await using var receiver = new WebhookReceiver();
        var hosts = new Dictionary<string, IPEndPoint> { ["bot.example.com"] = receiver.EndPoint };
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Hosts = hosts });
        Assert.Equal(400, (await test.CallAsync("setWebhook?url=http://bot.example.com")).Status);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(400, (await test.CallAsync("setWebhook?url=https://bot.example.com:5000")).Status);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Webhook was set", (await test.CallAsync("setWebhook?url=https://bot.example.com/hook")).Description);
        Assert.Equal("127.0.0.1", (await test.CallAsync("getWebhookInfo")).Result.GetProperty("ip_address").GetString());
        await Deadline.PollUntilAsync(() => receiver.Connections == 1);
    }

    [Fact]
    public async Task Each_attempt_is_recorded_with_its_end()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        DateTimeOffset now = test.Time.GetUtcNow();
        await (await test.Receiver.NextAsync()).AnswerAsync("500 No");
        await test.Receiver.AcceptAsync(1);
        await test.UntilRemovedAsync(id);
        Assert.Equal(
            [
                new WebhookAttempt(now, test.Receiver.Url, true, now, 500, "Wrong response from the webhook: 500 No"),
                new WebhookAttempt(now, test.Receiver.Url, true, now, 200, null),
            ],
            test.Record(id).Attempts);
        Assert.Equal((1, 1), (test.Bot.Statistics.Delivered, test.Bot.Statistics.Redelivered));
        Assert.Equal([new WebhookCount(test.Receiver.Url, 1, 1)], test.Bot.Statistics.Webhooks);
    }

    [Fact]
    public async Task The_control_API_shows_the_webhook_in_flight_and_its_next_retries()
    {
        await using PushTest test = await PushTest.StartAsync();
        int failed = test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync("500 No", "Retry-After: 10\r\n");
        await test.RetryAsync();
        int sent = test.Enqueue(6);
        JsonElement state = (await test.Server.GetAsync($"{test.Server.Server.Url}/control/bots/123456/webhook")).Json;
        Assert.Equal(test.Receiver.Url, state.GetProperty("url").GetString());
        Assert.Equal(1, state.GetProperty("connections").GetInt32());
        Assert.Equal(sent, state.GetProperty("in_flight")[0].GetInt32());
        JsonElement retry = state.GetProperty("retries")[0];
        Assert.Equal((failed, 1), (retry.GetProperty("update_id").GetInt32(), retry.GetProperty("failures").GetInt32()));
        Assert.Equal(test.Time.GetUtcNow().AddSeconds(10), retry.GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_control_API_shows_whether_an_attempt_was_accepted()
    {
        await using PushTest test = await PushTest.StartAsync();
        await test.ActivateAsync();
        JsonElement update = (await test.Server.GetAsync($"{test.Server.Server.Url}/control/bots/123456/updates")).Json[0];
        Assert.True(update.GetProperty("attempts")[0].GetProperty("is_accepted").GetBoolean());
        Assert.Equal("accepted", update.GetProperty("removal").GetString());
    }

    [Fact]
    public async Task A_bot_without_webhook_shows_an_empty_url()
    {
        await using PushTest test = await PushTest.StartAsync(null);
        Assert.Equal("", test.Bot.Webhook.Url);
    }
}
