using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;

namespace Azker.BotApi.Tests.Requests;

public sealed class RequestTests
{
    private const string Secret = "TEST-0123456789abcdefghijk";

    [Theory]
    [InlineData("/", "Not Found")]
    [InlineData("/file/bot1:x/y", "Not Found")]
    [InlineData($"/bot1:{Secret}", "Not Found")]
    [InlineData($"/bot1:{Secret}/test", "Not Found")]
    [InlineData($"/bot1:{Secret}/nonsense", "Not Found: method not found")]
    [InlineData($"/bot1:{Secret}/", "Not Found: method not found")]
    public async Task An_unknown_path_or_method_is_404(string path, string description)
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await test.GetAsync(test.Server.Url + path);
        Assert.Equal($$"""{"ok":false,"error_code":404,"description":"{{description}}"}""", answer.Body);
        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task An_absolute_target_is_404()
    {
        await using TestServer test = await TestServer.StartAsync();
        string answer = await SendRawAsync(test, $"GET {test.Url("getMe")} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        Assert.Contains("Not Found: absolute URI is specified in the Request-Line", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"0123:{Secret}", 401, "Unauthorized: invalid token specified")]
    [InlineData("123456", 401, "Unauthorized: invalid token specified")]
    [InlineData($"-5:{Secret}", 401, "Unauthorized: invalid token specified")]
    [InlineData($"18014398509481984:{Secret}", 401, "Unauthorized: invalid token specified")]
    [InlineData($"abc:{Secret}", 421, "Misdirected Request: unallowed token specified")]
    [InlineData("123456:too-short-a-secret", 401, "Unauthorized")]
    [InlineData("123456:TEST.0123456789abcdefghijk", 401, "Unauthorized")]
    public async Task A_bad_token_is_refused(string token, int status, string description)
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await test.CallAsync("getMe", token: token);
        Assert.Equal((status, description), (answer.Status, answer.Description));
    }

    [Fact]
    public async Task A_token_over_80_characters_is_refused()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.Equal(200, (await test.CallAsync("getMe", token: $"654321:{new string('a', 73)}")).Status);
        Assert.Equal(
            "Unauthorized: invalid token specified", (await test.CallAsync("getMe", token: $"654321:{new string('a', 74)}")).Description);
    }

    [Fact]
    public async Task A_token_that_is_not_among_the_allowed_ones_is_refused()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { AllowedTokens = [TestServer.Token] });
        Assert.Equal(200, (await test.CallAsync("getMe")).Status);
        Assert.Equal(401, (await test.CallAsync("getMe", token: $"654321:{Secret}")).Status);
    }

    [Fact]
    public async Task A_method_is_found_in_any_case()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.Equal(200, (await test.CallAsync("GETME")).Status);
    }

    [Fact]
    public async Task A_method_may_be_an_argument()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.Equal(123456, (await test.CallAsync("?method=getMe")).Result.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Arguments_come_from_a_form()
    {
        await using TestServer test = await TestServer.StartAsync();
        using var form = new FormUrlEncodedContent([new("chat_id", "5"), new("text", "a b+c&d ж")]);
        Assert.Equal("a b+c&d ж", (await test.PostAsync("sendMessage", form)).Result.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Arguments_come_from_multipart()
    {
        await using TestServer test = await TestServer.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("5"), "chat_id" }, { new StringContent("ж"), "text" } };
        Assert.Equal("ж", (await test.PostAsync("sendMessage", form)).Result.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Arguments_come_from_JSON()
    {
        await using TestServer test = await TestServer.StartAsync();
        using var json = JsonContent.Create(new { chat_id = 5, text = "ж" });
        Assert.Equal("ж", (await test.PostAsync("sendMessage", json)).Result.GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_query_string_goes_before_the_body()
    {
        await using TestServer test = await TestServer.StartAsync();
        using var json = JsonContent.Create(new { chat_id = 5, text = "body" });
        Assert.Equal("query", (await test.PostAsync("sendMessage?text=query", json)).Result.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Malformed_JSON_is_no_error()
    {
        await using TestServer test = await TestServer.StartAsync();
        using var json = new StringContent("""{"chat_id":5,"text":"a",nonsense""", Encoding.UTF8, "application/json");
        Assert.Equal("a", (await test.PostAsync("sendMessage", json)).Result.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Parameters_over_1_MiB_are_413_without_a_body()
    {
        await using TestServer test = await TestServer.StartAsync();
        using var json = new StringContent($$"""{"text":"{{new string('a', 1 << 20)}}"}""", Encoding.UTF8, "application/json");
        Answer answer = await test.PostAsync("sendMessage", json);
        Assert.Equal((413, "", true), (answer.Status, answer.Body, answer.Response.Headers.ConnectionClose));
    }

    [Fact]
    public async Task A_verb_other_than_GET_and_POST_is_501_without_a_body()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await Answer.ReadAsync(await test.Http.DeleteAsync(test.Url("getMe"), TestServer.Cancellation));
        Assert.Equal((501, "", true), (answer.Status, answer.Body, answer.Response.Headers.ConnectionClose));
    }

    [Fact]
    public async Task Headers_over_256_KiB_are_431_without_a_body()
    {
        await using TestServer test = await TestServer.StartAsync();
        string headers = string.Concat(Enumerable.Range(0, 60).Select(number => $"X-{number}: {new string('a', 5000)}\r\n"));
        string answer = await SendRawAsync(test, $"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n");
        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_has_a_length_a_type_and_keeps_the_connection()
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await test.CallAsync("getMe");
        Assert.Equal(Encoding.UTF8.GetByteCount(answer.Body), answer.Response.Content.Headers.ContentLength);
        Assert.Equal(new MediaTypeHeaderValue("application/json"), answer.Response.Content.Headers.ContentType);
        Assert.Equal("keep-alive", answer.Response.Headers.Connection.Single());
    }

    private static async Task<string> SendRawAsync(TestServer test, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", test.Server.Ports[0], TestServer.Cancellation);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestServer.Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestServer.Cancellation);
    }
}
