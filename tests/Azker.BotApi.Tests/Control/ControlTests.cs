using System.Text;
using System.Text.Json;

namespace Azker.BotApi.Tests.Control;

public sealed class ControlTests
{
    [Fact]
    public async Task A_text_is_enqueued_for_a_bot_by_its_id()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await PostAsync(test, "bots/123456/messages", """{"chat":-5,"user":7,"text":"/start"}""");
        Assert.Equal([answer.Json.GetProperty("update_id").GetInt32()], await test.UpdateIdsAsync(""));
    }

    [Fact]
    public async Task Any_update_is_enqueued()
    {
        await using TestServer test = await TestServer.StartAsync();
        await PostAsync(test, "bots/123456/updates", """{"callback_query":{"id":"1","from":{"id":7}}}""");
        await PostAsync(test, "bots/123456/unreadable", "");
        Assert.Equal(["callback_query", "message"], test.Bot.Updates.Select(update => update.Kind));
    }

    [Fact]
    public async Task An_excluded_update_has_no_id()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await PostAsync(test, "bots/123456/updates", """{"chat_member":{}}""");
        Assert.Equal("""{"update_id":null}""", answer.Body);
    }

    [Fact]
    public async Task A_token_is_registered_and_never_shown()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.Equal("""{"id":123456}""", (await PostAsync(test, "bots", $$"""{"token":"{{TestServer.Token}}"}""")).Body);
        await test.CallAsync("getMe");
        foreach (string path in (string[])["", "/bots/123456/statistics", "/bots/123456/updates", "/bots/123456/polls", "/faults"])
        {
            Assert.DoesNotContain("TEST-", (await GetAsync(test, path)).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sent_messages_are_read_after_a_cursor()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync("sendMessage?chat_id=5&text=a");
        await test.CallAsync("sendMessage?chat_id=5&text=b");
        JsonElement sent = (await GetAsync(test, "/bots/123456/sent?after=1")).Json;
        Assert.Equal(("b", 2), (sent[0].GetProperty("text").GetString(), sent[0].GetProperty("sequence").GetInt32()));
        Assert.Equal(1, sent.GetArrayLength());
    }

    [Fact]
    public async Task Waiting_for_sent_messages_ends_with_the_first()
    {
        await using TestServer test = await TestServer.StartAsync();
        Task<Answer> waiting = GetAsync(test, "/bots/123456/sent?wait=60");
        await test.CallAsync("sendMessage?chat_id=5&text=a");
        Assert.Equal(1, (await waiting).Json.GetArrayLength());
    }

    [Fact]
    public async Task Statistics_use_the_names_of_the_Bot_API()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.EnqueueText(1, 1, "a");
        await test.CallAsync("getUpdates?offset=-1");
        await test.CallAsync("getUpdates?offset=2000000000");
        await test.CallAsync("deleteWebhook?drop_pending_updates=1");
        JsonElement statistics = (await GetAsync(test, "/bots/123456/statistics")).Json;
        Assert.Equal(1, statistics.GetProperty("enqueued").GetInt32());
        Assert.Equal(1, statistics.GetProperty("redelivered").GetInt32());
        Assert.Equal(1, statistics.GetProperty("removed").GetProperty("dropped").GetInt32());
        Assert.Equal(0, statistics.GetProperty("conflicts_answered").GetInt32());
        Assert.Equal("getupdates", statistics.GetProperty("calls")[0].GetProperty("method").GetString());
    }

    [Fact]
    public async Task Each_update_shows_its_deliveries_and_its_end()
    {
        await using TestServer test = await TestServer.StartAsync();
        int id = test.Bot.EnqueueText(1, 1, "a")!.Value;
        await test.CallAsync("getUpdates");
        await test.CallAsync($"getUpdates?offset={id + 1}");
        JsonElement update = (await GetAsync(test, "/bots/123456/updates")).Json[0];
        Assert.Equal(test.Server.Ports[0], update.GetProperty("deliveries")[0].GetProperty("port").GetInt32());
        Assert.Equal("confirmed", update.GetProperty("removal").GetString());
    }

    [Fact]
    public async Task A_reset_of_the_statistics_leaves_the_queue()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.EnqueueText(1, 1, "a");
        await PostAsync(test, "bots/123456/statistics/reset", "");
        Assert.Equal((0, 1), (test.Bot.Statistics.Enqueued, test.Bot.Statistics.Pending));
    }

    [Fact]
    public async Task A_bot_is_revoked_and_reset()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.EnqueueText(1, 1, "a");
        await PostAsync(test, "bots/123456/revoke", "");
        Assert.Equal(401, (await test.CallAsync("getMe")).Status);
        await PostAsync(test, "bots/123456/reset", "");
        Assert.Equal(0, test.Server.Bot(123456).Statistics.Pending);
    }

    [Fact]
    public async Task Faults_are_set_listed_and_cleared()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer set = await PostAsync(test, "faults", """{"kind":"too_many_requests","method":"getMe","retry_after":9,"times":1}""");
        Assert.Equal("""{"id":1}""", set.Body);
        Assert.Equal("Too Many Requests: retry after 9", (await test.CallAsync("getMe")).Description);
        Assert.Equal(1, (await GetAsync(test, "/faults")).Json[0].GetProperty("hits").GetInt32());
        await test.Http.DeleteAsync($"{test.Server.Url}/control/faults", TestServer.Cancellation);
        Assert.Equal("[]", (await GetAsync(test, "/faults")).Body);
    }

    [Fact]
    public async Task A_port_is_stopped_for_some_seconds()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Ports = [0, 0] });
        (int port, int other) = (test.Server.Ports[0], test.Server.Ports[1]);
        await PostAsync(test, $"ports/{port}/stop?seconds=10", "");
        await Deadline.PollUntilAsync(() => !test.Server.ListeningPorts.Contains(port));
        Assert.Equal([other], test.Server.ListeningPorts);
        await Deadline.PollUntilAsync(() =>
        {
            test.Time.Advance(TimeSpan.FromSeconds(1));
            return test.Server.ListeningPorts.Contains(port);
        });
        Assert.Equal(200, (await test.CallAsync("getMe")).Status);
    }

    [Fact]
    public async Task A_stopped_port_is_started_through_another()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Ports = [0, 0] });
        await test.Server.StopListeningAsync(test.Server.Ports[0]);
        await test.Http.PostAsync($"{test.Server.Urls[1]}/control/ports/{test.Server.Ports[0]}/start", null, TestServer.Cancellation);
        Assert.Equal(200, (await test.CallAsync("getMe")).Status);
    }

    [Fact]
    public async Task A_reset_of_the_server_clears_bots_and_faults()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.EnqueueText(1, 1, "a");
        await PostAsync(test, "faults", """{"kind":"hang"}""");
        await PostAsync(test, "reset", "");
        Assert.Empty(await test.UpdateIdsAsync(""));
    }

    [Fact]
    public async Task The_overview_shows_urls_listening_ports_and_bots()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.CallAsync("getMe");
        int port = test.Server.Ports[0];
        string expected = $$"""{"urls":["http://127.0.0.1:{{port}}"],"listening":[{{port}}],"bots":[123456]}""";
        Assert.Equal(expected, (await GetAsync(test, "")).Body);
    }

    private static Task<Answer> GetAsync(TestServer test, string path) => test.GetAsync($"{test.Server.Url}/control{path}");

    private static async Task<Answer> PostAsync(TestServer test, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Answer.ReadAsync(await test.Http.PostAsync($"{test.Server.Url}/control/{path}", content, TestServer.Cancellation));
    }
}
