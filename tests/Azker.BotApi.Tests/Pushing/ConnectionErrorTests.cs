using System.Net.Sockets;
using Azker.BotApi.Pushing;

namespace Azker.BotApi.Tests.Pushing;

public sealed class ConnectionErrorTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_webhook_that_does_not_answer_in_60_seconds_is_a_read_timeout()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        ReceivedRequest request = await test.Receiver.NextAsync();
        await Deadline.PollUntilAsync(() => test.Bot.Webhook.IsWritten);
        test.Time.Advance(59.9 * Second);
        Assert.Equal([id], test.Bot.Webhook.InFlight);
        test.Time.Advance(0.1 * Second);
        await request.Connection.Closed;
        Assert.Equal("Read timeout expired", await test.InfoAsync("last_error_message"));
    }

    [Fact]
    public async Task A_part_of_the_answer_does_not_extend_the_60_seconds()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        ReceivedRequest request = await test.Receiver.NextAsync();
        await Deadline.PollUntilAsync(() => test.Bot.Webhook.IsWritten);
        test.Time.Advance(59 * Second);
        await request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour");
        test.Time.Advance(Second);
        await request.Connection.Closed;
        Assert.Equal("Read timeout expired", test.Record(id).Attempts[0].Error);
    }

    [Fact]
    public async Task A_host_that_never_lets_in_is_a_write_timeout_once_there_is_an_update()
    {
        await using PushTest test = await PushTest.StartAsync(null);
        await test.SetAsync("http://9.9.9.9");
        test.Time.Advance(60 * Second);
        Assert.Null(await test.InfoAsync("last_error_message"));
        int id = test.Enqueue(5);
        test.Time.Advance(60 * Second);
        Assert.Equal("Write timeout expired", await test.InfoAsync("last_error_message"));
        Assert.False(test.Record(id).Attempts[0].IsSent);
        Assert.Equal(0, test.Bot.Statistics.Delivered);
    }

    [Fact]
    public async Task A_refused_connection_is_shown_even_without_updates()
    {
        await using PushTest test = await PushTest.StartAsync(null);
        test.Receiver.StopListening();
        await test.SetAsync(test.Receiver.Url);
        await test.Server.UntilAsync(bot => bot.Webhook.Connections == 0);
        Assert.Equal("Connection refused", await test.InfoAsync("last_error_message"));
        Assert.Equal($"{test.Time.GetUtcNow().ToUnixTimeSeconds()}", await test.InfoAsync("last_error_date"));
    }

    [Fact]
    public async Task A_reset_connection_is_shown()
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        (await test.Receiver.NextAsync()).Reset();
        await test.RetryAsync();
        Assert.Equal("Connection reset by peer", await test.InfoAsync("last_error_message"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour")]
    public async Task A_connection_closed_in_good_order_fails_the_update_without_error(string begin)
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        ReceivedRequest request = await test.Receiver.NextAsync();
        await request.WriteAsync(begin);
        request.Close();
        Assert.Equal(id, (await test.RetryAsync()).UpdateId);
        Assert.Null(await test.InfoAsync("last_error_message"));
    }

    [Fact]
    public async Task A_success_leaves_the_last_error()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync("500 No");
        await test.Receiver.AcceptAsync(1);
        await test.UntilRemovedAsync(id);
        Assert.Equal("Wrong response from the webhook: 500 No", await test.InfoAsync("last_error_message"));
    }

    [Theory]
    [InlineData(SocketError.TimedOut, "Connection timed out")]
    [InlineData(SocketError.HostUnreachable, "No route to host")]
    public void An_error_of_the_system_is_shown_in_its_words(SocketError error, string text) =>
        Assert.Equal(text, ConnectionError.TextOf(new SocketException((int)error)));

    [Theory]
    [InlineData("HTTP/2 200\r\n\r\n", "HTTP Version Not Supported")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "Not Implemented")]
    public async Task An_answer_that_cannot_be_understood_is_shown(string answer, string text)
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        await (await test.Receiver.NextAsync()).WriteAsync(answer);
        await test.RetryAsync();
        Assert.Equal(text, await test.InfoAsync("last_error_message"));
    }
}
