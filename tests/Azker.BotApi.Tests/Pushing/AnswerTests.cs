using System.IO.Compression;
using System.Text;
using Azker.BotApi.Statistics;

namespace Azker.BotApi.Tests.Pushing;

public sealed class AnswerTests
{
    private const string Reply = """{"method":"sendMessage","chat_id":5,"text":"b"}""";
    private const string Json = "Content-Type: application/json\r\n";

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("HTTP/1.1 299 Odd\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nTrailer: a\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"method\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 0\r\n\r\n")]
    public async Task Any_2xx_whatever_its_body_is_a_success(string answer)
    {
        await using PushTest test = await PushTest.StartAsync();
        int[] ids = [test.Enqueue(5), test.Enqueue(5)];
        await (await test.Receiver.NextAsync()).WriteAsync(answer);
        Assert.Equal([ids[1]], await test.Receiver.AcceptAsync(1));
        Assert.Equal(UpdateRemoval.Accepted, test.Record(ids[0]).Removal);
    }

    [Theory]
    [InlineData("100 Continue")]
    [InlineData("103 Early Hints")]
    [InlineData("302 Found")]
    [InlineData("304 Not Modified")]
    [InlineData("401 Unauthorized")]
    [InlineData("404 Not Found")]
    [InlineData("429 Too Many Requests")]
    [InlineData("500 Own Words")]
    [InlineData("503 Service Unavailable")]
    public async Task Anything_else_is_a_failure_and_shown_with_the_servers_own_phrase(string status)
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        ReceivedRequest request = await test.Receiver.NextAsync();
        await request.WriteAsync($"HTTP/1.1 {status}\r\nRetry-After: 9\r\nLocation: {test.Receiver.Url}\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(id, (await test.RetryAsync()).UpdateId);
        Assert.Equal($"Wrong response from the webhook: {status}", await test.InfoAsync("last_error_message"));
    }

    [Fact]
    public async Task The_answer_that_follows_an_interim_one_is_taken_for_the_next()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        ReceivedRequest request = await test.Receiver.NextAsync();
        await request.WriteAsync("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await test.UntilRemovedAsync(id);
        Assert.Equal([100, 200], test.Record(id).Attempts.Select(attempt => attempt.Status ?? 0));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task A_body_in_another_encoding_is_a_failure_though_the_status_is_200(string encoding)
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync("200 OK", $"Content-Encoding: {encoding}\r\n", "a");
        await test.RetryAsync();
        Assert.Equal("Unsupported Media Type: unsupported content-encoding", await test.InfoAsync("last_error_message"));
    }

    [Fact]
    public async Task A_JSON_body_over_a_MiB_is_a_failure()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync("200 OK", Json, new byte[(1 << 20) + 1]);
        Assert.Equal(id, (await test.RetryAsync()).UpdateId);
        Assert.Equal("Request Entity Too Large: too many parameters", await test.InfoAsync("last_error_message"));
    }

    [Fact]
    public async Task Another_body_over_a_MiB_is_not()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync("200 OK", "Content-Type: text/html\r\n", new byte[(1 << 20) + 1]);
        await test.UntilRemovedAsync(id);
    }

    [Fact]
    public async Task A_body_without_length_and_chunks_is_not_read_and_breaks_the_next_answer()
    {
        await using PushTest test = await PushTest.StartAsync();
        int[] ids = [test.Enqueue(5), test.Enqueue(5)];
        await (await test.Receiver.NextAsync()).WriteAsync($"HTTP/1.1 200 OK\r\n{Json}\r\n{Reply}");
        await test.UntilRemovedAsync(ids[0]);
        Assert.Equal(0, test.Bot.Statistics.Sent);

        ReceivedRequest next = await test.Receiver.NextAsync();
        await next.AnswerAsync();
        ReceivedRequest again = await test.Receiver.NextAsync();
        Assert.Equal((ids[1], ids[1]), (next.UpdateId, again.UpdateId));
        Assert.NotEqual(next.Connection.Number, again.Connection.Number);
        Assert.Equal("HTTP Version Not Supported", await test.InfoAsync("last_error_message"));
    }

    [Theory]
    [InlineData("application/json", Reply)]
    [InlineData("application/json; charset=utf-8", """{"METHOD":"ignored","method":"SENDMESSAGE","chat_id":"5","text":"b"}""")]
    [InlineData("application/json", """{"method":"sendMessage","chat_id":5,"text":"b",oops""")]
    [InlineData("application/x-www-form-urlencoded", "method=sendMessage&chat_id=5&text=b")]
    [InlineData("multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\nsendMessage\r\n"
        + "--X\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n5\r\n"
        + "--X\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nb\r\n--X--\r\n")]
    public async Task A_method_in_the_answer_is_carried_out_and_recorded_without_port(string contentType, string body)
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync("200 OK", $"Content-Type: {contentType}\r\n", body);
        SentMessage sent = (await test.Bot.WaitForSentAsync(0, TestServer.Cancellation)).Single();
        Assert.Equal((5, "b", 0), (sent.ChatId, sent.Text, sent.Port));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_compressed_answer_is_read(string encoding)
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        using var compressed = new MemoryStream();
        await using (Stream encoder = encoding == "gzip"
            ? new GZipStream(compressed, CompressionMode.Compress)
            : new ZLibStream(compressed, CompressionMode.Compress))
        {
            await encoder.WriteAsync(Encoding.UTF8.GetBytes(Reply), TestServer.Cancellation);
        }

        await (await test.Receiver.NextAsync()).AnswerAsync("200 OK", $"{Json}Content-Encoding: {encoding}\r\n", compressed.ToArray());
        await test.Server.UntilAsync(bot => bot.Statistics.Sent == 1);
    }

    [Theory]
    [InlineData("deleteWebhook")]
    [InlineData("setWebhook")]
    [InlineData("logOut")]
    [InlineData("close")]
    [InlineData("getUpdates")]
    [InlineData("getMyCommands")]
    public async Task Some_methods_are_ignored_and_the_update_is_accepted(string method)
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync("200 OK", Json, $$"""{"method":"{{method}}"}""");
        await test.UntilRemovedAsync(id);
        Assert.Equal(test.Receiver.Url, test.Bot.Webhook.Url);
        Assert.DoesNotContain(test.Bot.Statistics.Calls, call => call.Port == 0);
    }

    [Fact]
    public async Task A_method_that_fails_does_not_matter()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync("200 OK", Json, """{"method":"sendMessage"}""");
        await test.UntilRemovedAsync(id);
        Assert.Equal(UpdateRemoval.Accepted, test.Record(id).Removal);
    }

    [Fact]
    public async Task A_method_in_a_failing_answer_is_not_carried_out()
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync("500 No", $"{Json}Retry-After: 9\r\n", Reply);
        await test.RetryAsync();
        Assert.Equal(0, test.Bot.Statistics.Sent);
    }
}
