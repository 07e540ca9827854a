using System.Text.Json;
using Azker.BotApi.Faults;

namespace Azker.BotApi.Tests.Faults;

public sealed class FaultTests
{
    [Fact]
    public async Task A_reset_cuts_the_connection_and_does_nothing()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.Reset) { Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => test.CallAsync("sendMessage?chat_id=1&text=a"));
        Assert.Empty(test.Bot.Sent);
    }

    [Fact]
    public async Task A_reset_in_the_middle_cuts_the_answer_of_a_call_that_was_done()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.ResetMidResponse) { Times = 1 });
        await Assert.ThrowsAnyAsync<Exception>(() => test.CallAsync("sendMessage?chat_id=1&text=a"));
        Assert.Single(test.Bot.Sent);
    }

    [Fact]
    public async Task A_truncated_answer_is_half_of_the_JSON()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.Truncated) { Times = 1 });
        Answer answer = await test.CallAsync("sendMessage?chat_id=1&text=a");
        Assert.StartsWith("{", answer.Body, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => answer.Json);
        Assert.Single(test.Bot.Sent);
    }

    [Fact]
    public async Task A_hanging_call_ends_only_with_its_client()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.Hang));
        using var leaving = new CancellationTokenSource();
        Task<HttpResponseMessage> call = test.Http.GetAsync(test.Url("getMe"), leaving.Token);
        await Deadline.PollUntilAsync(() => test.Server.Faults.All[0].Hits == 1);
        test.Time.Advance(TimeSpan.FromDays(1));
        Assert.False(call.IsCompleted);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(test.Bot.Statistics.Calls);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task An_HTML_page_comes_with_any_status(int status)
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.Html) { Status = status });
        Answer answer = await test.CallAsync("getMe");
        Assert.Equal((status, "text/html"), (answer.Status, answer.Response.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("<html>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_requests_names_the_seconds_in_body_and_header()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.TooManyRequests) { RetryAfter = 7 });
        Answer answer = await test.CallAsync("getMe");
        Assert.Equal(
            """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}""",
            answer.Body);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_made_up_conflict_counts_as_none()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.Conflict) { Text = "Conflict: made up" });
        Answer answer = await test.CallAsync("getUpdates");
        Assert.Equal((409, "Conflict: made up"), (answer.Status, answer.Description));
        Assert.Empty(test.Bot.Statistics.Conflicts);
    }

    [Fact]
    public async Task A_delayed_answer_belongs_to_a_call_that_was_done()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.Delay) { Delay = TimeSpan.FromSeconds(5) });
        Task<Answer> call = test.CallAsync("sendMessage?chat_id=1&text=a");
        await test.UntilAsync(bot => bot.Sent.Count == 1);
        Assert.False(call.IsCompleted);
        // The delay starts a moment after the message is recorded.
        await Deadline.PollUntilAsync(() =>
        {
            test.Time.Advance(TimeSpan.FromSeconds(5));
            return call.IsCompleted;
        });

        Assert.Equal(200, (await call).Status);
    }

    [Theory]
    [InlineData(403, "Forbidden: bot was blocked by the user", "Forbidden: bot was blocked by the user")]
    [InlineData(400, "Bad Request: chat not found", "Bad Request: chat not found")]
    [InlineData(502, null, "Bad Gateway")]
    public async Task An_error_is_an_answer_of_the_Bot_API_and_does_nothing(int status, string? text, string description)
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.Error) { Status = status, Text = text });
        Answer answer = await test.CallAsync("sendMessage?chat_id=1&text=a");
        Assert.Equal(status, answer.Status);
        Assert.Equal($$"""{"ok":false,"error_code":{{status}},"description":"{{description}}"}""", answer.Body);
        Assert.Empty(test.Bot.Sent);
    }

    [Fact]
    public async Task A_migrated_chat_names_its_supergroup_and_the_supergroup_takes_the_message()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.ChatMigrated) { Chat = -5, MigrateTo = -1000000000005 });
        Answer answer = await test.CallAsync("sendMessage?chat_id=-5&text=a");
        Assert.Equal(
            """{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1000000000005}}""",
            answer.Body);
        Assert.Equal(200, (await test.CallAsync("sendMessage?chat_id=-1000000000005&text=a")).Status);
        Assert.Equal([-1000000000005], test.Bot.Sent.Select(message => message.ChatId));
    }

    [Fact]
    public async Task A_lost_answer_belongs_to_a_call_that_was_done()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.NoAnswer) { Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => test.CallAsync("sendMessage?chat_id=1&text=a"));
        Assert.Single(test.Bot.Sent);
    }

    [Fact]
    public async Task A_fault_acts_on_its_chat_only()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.Html) { Chat = 5 });
        Assert.Equal(502, (await test.CallAsync("sendMessage?chat_id=5&text=a")).Status);
        Assert.Equal(502, (await test.PostAsync("sendMessage", new StringContent("""{"chat_id":5,"text":"a"}""", null, "application/json"))).Status);
        Assert.Equal(200, (await test.CallAsync("sendMessage?chat_id=55&text=a")).Status);
        Assert.Equal(200, (await test.CallAsync("getMe")).Status);
    }

    [Fact]
    public async Task A_fault_acts_on_its_method_its_port_and_its_bot_only()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Ports = [0, 0] });
        test.Server.Faults.Add(new Fault(FaultKind.Html) { Method = "getMe", Port = test.Server.Ports[1], Bot = 123456 });
        Assert.Equal(200, (await test.CallAsync("getMe")).Status);
        Assert.Equal(200, (await test.CallAsync("getWebhookInfo", port: 1)).Status);
        Assert.Equal(200, (await test.CallAsync("getMe", port: 1, token: "654321:TEST-0123456789abcdefghijk")).Status);
        Assert.Equal(502, (await test.CallAsync("GETME", port: 1)).Status);
    }

    [Fact]
    public async Task A_fault_ends_after_its_number_of_calls_and_the_next_one_acts()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Server.Faults.Add(new Fault(FaultKind.Html) { Times = 2 });
        test.Server.Faults.Add(new Fault(FaultKind.Html) { Times = 1, Status = 500 });
        int[] statuses = new int[4];
        for (int call = 0; call < statuses.Length; call++)
        {
            statuses[call] = (await test.CallAsync("getMe")).Status;
        }

        Assert.Equal([502, 502, 500, 200], statuses);
        Assert.Equal([2, 1], test.Server.Faults.All.Select(record => record.Hits));
    }

    [Fact]
    public async Task A_removed_fault_acts_no_more()
    {
        await using TestServer test = await TestServer.StartAsync();
        int fault = test.Server.Faults.Add(new Fault(FaultKind.Html));
        Assert.True(test.Server.Faults.Remove(fault));
        Assert.Equal(200, (await test.CallAsync("getMe")).Status);
        Assert.False(test.Server.Faults.Remove(fault));
    }
}
