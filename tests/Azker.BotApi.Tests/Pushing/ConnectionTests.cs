using Azker.BotApi.Pushing;

namespace Azker.BotApi.Tests.Pushing;

public sealed class ConnectionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public async Task A_connection_is_opened_as_soon_as_the_webhook_is_set()
    {
        await using PushTest test = await PushTest.StartAsync();
        await Deadline.PollUntilAsync(() => test.Receiver.Connections == 1);
    }

    [Fact]
    public async Task A_burst_after_silence_starts_on_one_connection()
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(1);
        test.Enqueue(2);
        await test.Receiver.NextAsync();
        Assert.Single(test.Bot.Webhook.InFlight);
        test.Time.Advance(10 * Second);
        Assert.Equal(1, test.Bot.Webhook.Connections);
    }

    [Fact]
    public async Task A_success_opens_ten_connections_in_half_a_second()
    {
        await using PushTest test = await PushTest.StartAsync();
        await test.ActivateAsync();
        Enumerable.Range(1, 25).ToList().ForEach(chat => test.Enqueue(chat));
        Assert.Equal(11, test.Bot.Webhook.InFlight.Count);
        test.Time.Advance(Second / 2);
        Assert.Equal(21, test.Bot.Webhook.InFlight.Count);
        test.Time.Advance(Second / 2);
        Assert.Equal(25, test.Bot.Webhook.InFlight.Count);
    }

    [Fact]
    public void Ten_seconds_after_its_last_success_a_webhook_gets_no_second_connection()
    {
        var pacer = new ConnectionPacer(40);
        pacer.Succeed(Start);
        Assert.NotNull(pacer.NextAt(1, 2, Start + 9.9 * Second));
        Assert.Null(pacer.NextAt(1, 2, Start + 10 * Second));
    }

    [Fact]
    public async Task A_lost_connection_is_replaced_once_in_two_seconds()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        (await test.Receiver.NextAsync()).Close();
        await test.RetryAsync();
        test.Time.Advance(2 * Second - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, test.Bot.Webhook.Connections);
        test.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([id], await test.Receiver.AcceptAsync(1));
    }

    [Fact]
    public async Task A_connection_serves_one_request_after_another()
    {
        await using PushTest test = await PushTest.StartAsync();
        await test.ActivateAsync();
        await test.ActivateAsync();
        Assert.Equal(1, test.Receiver.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    public async Task A_connection_that_the_answer_ends_is_replaced(string answer)
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        ReceivedRequest first = await test.Receiver.NextAsync();
        await first.WriteAsync(answer);
        await first.Connection.Closed;
        test.Enqueue(5);
        Assert.Equal(2, (await test.Receiver.NextAsync()).Connection.Number);
    }

    [Fact]
    public async Task A_connection_without_request_is_closed_after_60_seconds_without_error()
    {
        await using PushTest test = await PushTest.StartAsync();
        await test.ActivateAsync();
        test.Time.Advance(60 * Second);
        test.Enqueue(5);
        Assert.Equal(2, (await test.Receiver.NextAsync()).Connection.Number);
        Assert.Null(await test.InfoAsync("last_error_message"));
    }

    [Theory]
    [InlineData("deleteWebhook")]
    [InlineData("setWebhook?url=ftp://wrong")]
    [InlineData("setWebhook?url=http://127.0.0.1:1/other")]
    public async Task A_webhook_that_is_changed_or_deleted_is_cut_off_first_and_its_update_stays(string call)
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        ReceivedRequest request = await test.Receiver.NextAsync();
        test.Time.Advance(Second);
        await test.Server.CallAsync(call);
        await request.Connection.Closed;
        Assert.Equal(1, test.Bot.Statistics.Pending);
        Assert.False(test.Record(id).Attempts[0].IsAccepted);
    }

    [Fact]
    public async Task An_update_that_was_cut_off_comes_again_to_the_next_webhook()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        await test.Receiver.NextAsync();
        await test.SetAsync($"{test.Receiver.Url}/other");
        Assert.Equal([id], await test.Receiver.AcceptAsync(1));
        await test.UntilRemovedAsync(id);
        Assert.Equal(1, test.Bot.Statistics.Redelivered);
    }

    [Fact]
    public async Task A_webhook_that_is_already_set_is_not_cut_off()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        ReceivedRequest request = await test.Receiver.NextAsync();
        test.Time.Advance(Second);
        await test.Server.CallAsync($"setWebhook?url={test.Receiver.Url}");
        await request.AnswerAsync();
        await test.UntilRemovedAsync(id);
        Assert.Single(test.Record(id).Attempts);
    }

    [Fact]
    public async Task A_closed_bot_is_not_pushed_to_until_it_is_called()
    {
        await using PushTest test = await PushTest.StartAsync();
        await test.Server.CallAsync("close");
        int id = test.Enqueue(5);
        Assert.Equal("", test.Bot.Webhook.Url);
        await test.Server.CallAsync("getMe");
        Assert.Equal([id], await test.Receiver.AcceptAsync(1));
    }
}
