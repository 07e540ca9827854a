using System.Text;

namespace Azker.BotApi.Tests.Pushing;

public sealed class RequestTests
{
    [Fact]
    public async Task A_request_has_the_servers_headers_in_its_order_and_no_others()
    {
        await using PushTest test = await PushTest.StartAsync("&secret_token=abc_-9");
        test.Enqueue(5);
        ReceivedRequest request = await test.Receiver.NextAsync();
        string expected = $"""
            POST /hook HTTP/1.1
            Host: {test.Receiver.EndPoint}
            X-Telegram-Bot-Api-Secret-Token: abc_-9
            Content-Type: application/json
            Content-Length: {Encoding.UTF8.GetByteCount(request.Body)}
            Connection: keep-alive
            Accept-Encoding: gzip, deflate


            """;
        Assert.Equal(expected.ReplaceLineEndings("\r\n"), request.Head);
    }

    [Fact]
    public async Task A_body_is_one_update_with_a_line_feed_after_its_id()
    {
        await using PushTest test = await PushTest.StartAsync();
        const string poll = "\"poll\":{\"id\":\"1\", \"question\": \"ü\"}}";
        int? id = test.Bot.Enqueue("{" + poll);
        Assert.Equal($"{{\"update_id\":{id},\n{poll}", (await test.Receiver.NextAsync()).Body);
    }

    [Fact]
    public async Task User_and_password_of_the_url_become_basic_authorization()
    {
        await using PushTest test = await PushTest.StartAsync(null);
        await test.SetAsync(test.Receiver.Url.Replace("http://", "http://user:word@", StringComparison.Ordinal));
        test.Enqueue(5);
        string head = (await test.Receiver.NextAsync()).Head;
        Assert.Contains($"{test.Receiver.EndPoint}\r\nAuthorization: Basic dXNlcjp3b3Jk\r\nContent-Type", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://bot.example.com/a/b?c=d", "POST /a/b?c=d HTTP/1.1\r\nHost: bot.example.com\r\n")]
    [InlineData("http://bot.example.com:443", "POST / HTTP/1.1\r\nHost: bot.example.com\r\n")]
    [InlineData("http://bot.example.com:8443/?e", "POST /?e HTTP/1.1\r\nHost: bot.example.com:8443\r\n")]
    public async Task Path_query_and_an_unusual_port_go_along(string url, string start)
    {
        await using PushTest test = await PushTest.StartAsync(null);
        await test.SetAsync(url);
        test.Enqueue(5);
        Assert.StartsWith(start, (await test.Receiver.NextAsync()).Head, StringComparison.Ordinal);
    }
}
