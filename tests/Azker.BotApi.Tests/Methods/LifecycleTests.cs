namespace Azker.BotApi.Tests.Methods;

public sealed class LifecycleTests
{
    private const string OtherToken = "123456:OTHER-0123456789abcdefghij";

    [Fact]
    public async Task GetMe_describes_the_bot()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.True((await test.CallAsync("getMe")).Result.GetProperty("is_bot").GetBoolean());
    }

    [Fact]
    public async Task A_bot_that_was_never_called_cannot_be_closed()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await test.CallAsync("close");
        Assert.Equal((400, "Bad Request: the bot has already been closed"), (answer.Status, answer.Description));
    }

    [Fact]
    public async Task A_closed_bot_comes_back_with_the_next_call()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync("getMe");
        Assert.Equal(200, (await test.CallAsync("close")).Status);
        Assert.Equal(400, (await test.CallAsync("close")).Status);
        Assert.Equal(200, (await test.CallAsync("getMe")).Status);
    }

    [Fact]
    public async Task A_bot_loaded_in_the_servers_first_ten_minutes_can_be_closed_at_once()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Time.Advance(TimeSpan.FromSeconds(599));
        await test.CallAsync("getMe");
        Assert.Equal(200, (await test.CallAsync("close")).Status);
    }

    [Fact]
    public async Task A_bot_loaded_ten_minutes_after_the_server_can_be_closed_ten_minutes_later()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Time.Advance(TimeSpan.FromSeconds(601));
        await test.CallAsync("getMe");
        test.Time.Advance(TimeSpan.FromSeconds(100));
        Answer answer = await test.CallAsync("close");
        Assert.Equal((429, 500), (answer.Status, answer.Json.GetProperty("parameters").GetProperty("retry_after").GetInt32()));
        test.Time.Advance(TimeSpan.FromSeconds(500));
        Assert.Equal(200, (await test.CallAsync("close")).Status);
    }

    [Fact]
    public async Task Closing_keeps_the_webhook()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Local = true });
        await test.CallAsync("setWebhook?url=http://127.0.0.1:1");
        await test.CallAsync("close");
        Assert.Equal("http://127.0.0.1:1", (await test.CallAsync("getWebhookInfo")).Result.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Logging_out_clears_the_queue_and_ends_the_bot()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.EnqueueText(1, 1, "a");
        Assert.Equal(200, (await test.CallAsync("logOut")).Status);
        Answer answer = await test.CallAsync("getMe");
        Assert.Equal((400, "Logged out", 0), (answer.Status, answer.Description, test.Bot.Statistics.Pending));
    }

    [Fact]
    public async Task A_revoked_token_is_401_and_the_next_one_finds_the_updates_but_no_webhook()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Local = true });
        await test.CallAsync("setWebhook?url=http://127.0.0.1:1");
        test.Bot.EnqueueText(1, 1, "a");
        test.Bot.Revoke();
        Answer answer = await test.CallAsync("getUpdates");
        Assert.Equal((401, "Unauthorized"), (answer.Status, answer.Description));
        Assert.Single((await test.CallAsync("getUpdates", token: OtherToken)).UpdateIds);
    }

    [Fact]
    public async Task A_second_token_of_a_bot_is_401()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync("getMe");
        Assert.Equal(401, (await test.CallAsync("getMe", token: OtherToken)).Status);
    }

    [Fact]
    public async Task Revoking_ends_a_setWebhook_whose_host_is_looked_up()
    {
        var never = new TaskCompletionSource<System.Net.IPAddress[]>();
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Resolver = (_, _) => never.Task });
        Task<Answer> set = test.CallAsync("setWebhook?url=https://a.example");
        await test.UntilAsync(bot => bot.Statistics.Calls.Count == 1);
        test.Bot.Revoke();
        Assert.Equal(401, (await set).Status);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("123456:short")]
    [InlineData(OtherToken)]
    public async Task A_token_that_cannot_be_registered_is_named_without_its_secret(string token)
    {
        await using TestServer test = await TestServer.StartAsync();
        _ = test.Bot;
        var exception = Assert.Throws<ArgumentException>(() => test.Server.Bot(token));
        Assert.DoesNotContain(token.Split(':')[^1], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_forgets_all_but_the_numbering()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Local = true, FirstUpdateId = 100 });
        test.Bot.EnqueueText(1, 1, "a");
        await test.CallAsync("sendMessage?chat_id=1&text=a");
        await test.CallAsync("""setWebhook?url=http://127.0.0.1:1&allowed_updates=["message"]""");
        test.Bot.Reset();
        Assert.Equal(
            """{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}""",
            (await test.CallAsync("getWebhookInfo")).Body);
        Assert.Empty(test.Bot.Sent);
        Assert.Equal(101, test.Bot.EnqueueText(1, 1, "b"));
        await test.CallAsync("sendMessage?chat_id=1&text=b");
        Assert.Equal(2, test.Bot.Sent.Single().Sequence);
    }
}
