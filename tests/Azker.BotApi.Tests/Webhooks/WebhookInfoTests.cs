namespace Azker.BotApi.Tests.Webhooks;

public sealed class WebhookInfoTests
{
    [Fact]
    public async Task Without_webhook_there_are_three_keys()
    {
        await using TestServer test = await SetWebhookTests.StartAsync();
        Assert.Equal(
            """{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}""",
            (await test.CallAsync("getWebhookInfo")).Body);
    }

    [Fact]
    public async Task The_keys_have_the_servers_order()
    {
        await using TestServer test = await SetWebhookTests.StartAsync();
        await test.CallAsync("""setWebhook?url=https://a.example/hook&max_connections=7&allowed_updates=["poll","message"]""");
        test.Bot.EnqueueText(1, 1, "a");
        Assert.Equal(
            ["url", "has_custom_certificate", "pending_update_count", "max_connections", "ip_address", "allowed_updates"],
            (await test.CallAsync("getWebhookInfo")).Result.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Allowed_updates_are_shown_without_webhook_too()
    {
        await using TestServer test = await SetWebhookTests.StartAsync();
        await test.CallAsync("""getUpdates?allowed_updates=["chat_member"]""");
        Assert.Equal("chat_member", (await test.CallAsync("getWebhookInfo")).Result.GetProperty("allowed_updates")[0].GetString());
    }

    [Fact]
    public async Task The_last_error_is_shown_until_the_webhook_is_set_again()
    {
        await using TestServer test = await SetWebhookTests.StartAsync();
        await test.CallAsync("setWebhook?url=https://a.example");
        test.Bot.RecordWebhookError("Connection refused");
        Answer info = await test.CallAsync("getWebhookInfo");
        Assert.Equal("Connection refused", info.Result.GetProperty("last_error_message").GetString());
        Assert.Equal(test.Time.GetUtcNow().ToUnixTimeSeconds(), info.Result.GetProperty("last_error_date").GetInt64());
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await test.CallAsync("setWebhook?url=https://a.example");
        Assert.True((await test.CallAsync("getWebhookInfo")).Result.TryGetProperty("last_error_message", out _));
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await test.CallAsync("setWebhook?url=https://a.example/other");
        Assert.False((await test.CallAsync("getWebhookInfo")).Result.TryGetProperty("last_error_message", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?drop_pending_updates=no")]
    public async Task Deleting_a_webhook_keeps_pending_updates(string arguments)
    {
        await using TestServer test = await SetWebhookTests.StartAsync();
        await test.CallAsync("setWebhook?url=https://a.example");
        test.Bot.EnqueueText(1, 1, "a");
        await test.CallAsync($"deleteWebhook{arguments}");
        Assert.Equal(1, test.Bot.Statistics.Pending);
    }

    [Fact]
    public async Task Pending_updates_are_dropped_on_request_even_if_no_webhook_was_set()
    {
        await using TestServer test = await SetWebhookTests.StartAsync();
        test.Bot.EnqueueText(1, 1, "a");
        Answer answer = await test.CallAsync("deleteWebhook?drop_pending_updates=1");
        Assert.Equal("Webhook is already deleted", answer.Description);
        Assert.Equal(0, test.Bot.Statistics.Pending);
    }

    [Fact]
    public async Task Expired_updates_are_counted_until_they_are_collected()
    {
        await using TestServer test = await SetWebhookTests.StartAsync();
        test.Bot.Enqueue("""{"inline_query":{"id":"1","from":{"id":1}}}""");
        test.Time.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal(1, (await test.CallAsync("getWebhookInfo")).Result.GetProperty("pending_update_count").GetInt32());
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await test.CallAsync("getWebhookInfo")).Result.GetProperty("pending_update_count").GetInt32());
    }
}
