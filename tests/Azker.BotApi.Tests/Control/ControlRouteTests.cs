namespace Azker.BotApi.Tests.Control;

/// <summary>The control API explains each path, method and query that it refuses.</summary>
public sealed class ControlRouteTests
{
    [Theory]
    [InlineData("GET", "/nonsense")]
    [InlineData("POST", "/bots/123456/nonsense")]
    [InlineData("GET", "/bots/abc/updates")]
    [InlineData("POST", "/ports/abc/stop")]
    [InlineData("DELETE", "/faults/abc")]
    public async Task An_unknown_path_is_404_and_the_answer_says_where_the_paths_are_listed(string method, string path)
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await SendAsync(test, method, path);
        Assert.Equal(404, answer.Status);
        Assert.Equal(
            $"There is no {method} /control{path}. GET /control/help lists the control API; <id>, <port> and <number> are whole numbers.",
            Error(answer));
    }

    [Fact]
    public async Task A_token_in_the_path_is_not_shown()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await SendAsync(test, "GET", $"/bots/{TestServer.Token}/updates");
        Assert.StartsWith("There is no GET /control/bots/123456:***/updates. ", Error(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/bots/123456/messages", "POST")]
    [InlineData("POST", "/bots/123456/sent", "GET")]
    [InlineData("DELETE", "", "GET")]
    [InlineData("PUT", "/faults", "DELETE, GET, POST")]
    public async Task A_wrong_method_is_405_and_the_answer_names_the_right_ones(string method, string path, string allowed)
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await SendAsync(test, method, path);
        Assert.Equal(405, answer.Status);
        Assert.Equal($"/control{path} does not take {method}. Use {allowed}.", Error(answer));
        Assert.Equal(allowed, string.Join(", ", answer.Response.Content.Headers.Allow.Order()));
    }

    [Theory]
    [InlineData("GET", "/bots/123456/sent?after=abc", "The query parameter after is abc and must be a whole number.")]
    [InlineData("GET", "/bots/123456/sent?wait=soon", "The query parameter wait is soon and must be 0 to 4000000, in seconds.")]
    [InlineData("GET", "/bots/123456/sent?wait=-1", "The query parameter wait is -1 and must be 0 to 4000000, in seconds.")]
    [InlineData("GET", "/bots/123456/sent?wait=NaN", "The query parameter wait is NaN and must be 0 to 4000000, in seconds.")]
    [InlineData("GET", "/bots/123456/sent?wait=1e300", "The query parameter wait is 1e300 and must be 0 to 4000000, in seconds.")]
    [InlineData("GET", "/bots/123456/sent?afer=1", "The query parameter afer is unknown. This path takes after, wait.")]
    [InlineData("GET", "/bots/123456/polls?after=1", "The query parameter after is unknown. This path takes none.")]
    public async Task A_wrong_query_is_400_and_the_answer_names_the_parameter(string method, string path, string error)
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await SendAsync(test, method, path);
        Assert.Equal((400, error), (answer.Status, Error(answer)));
    }

    [Theory]
    [InlineData("ports/1/stop")]
    [InlineData("ports/1/start")]
    public async Task A_port_of_another_server_is_400_and_the_answer_names_the_ports(string path)
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await SendAsync(test, "POST", $"/{path}");
        Assert.Equal((400, $"The server has no port 1. Its ports: {test.Server.Ports[0]}."), (answer.Status, Error(answer)));
    }

    [Fact]
    public async Task A_wrong_stop_leaves_the_port_open()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await SendAsync(test, "POST", $"/ports/{test.Server.Ports[0]}/stop?seconds=-1");
        Assert.Equal("The query parameter seconds is -1 and must be 0 to 4000000, in seconds.", Error(answer));
        Assert.Equal(200, (await test.CallAsync("getMe")).Status);
    }

    [Fact]
    public async Task A_fault_that_does_not_exist_cannot_be_removed()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await SendAsync(test, "DELETE", "/faults/7");
        Assert.Equal((404, "There is no fault 7. GET /control/faults lists the faults."), (answer.Status, Error(answer)));
    }

    [Fact]
    public async Task The_help_lists_every_path()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer help = await SendAsync(test, "GET", "/help");
        Assert.Equal("text/plain", help.Response.Content.Headers.ContentType?.MediaType);
        string[] paths =
        [
            "GET    /control ", "POST   /control/bots ", "/messages ", "/updates ", "/unreadable ", "/polls ", "/sent?after=N&wait=S",
            "/statistics ", "/statistics/reset", "/reset", "/webhook ", "/webhook-error ", "/revoke ", "GET    /control/faults", "POST   /control/faults",
            "DELETE /control/faults[/<number>]", "/stop?seconds=S", "/start", "POST   /control/reset", "GET    /control/help",
        ];
        Assert.All(paths, path => Assert.Contains(path, help.Body, StringComparison.Ordinal));
    }

    private static string? Error(Answer answer) => answer.Json.GetProperty("error").GetString();

    private static async Task<Answer> SendAsync(TestServer test, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{test.Server.Url}/control{path}");
        return await Answer.ReadAsync(await test.Http.SendAsync(request, TestServer.Cancellation));
    }
}
