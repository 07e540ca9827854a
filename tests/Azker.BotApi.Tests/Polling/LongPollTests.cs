namespace Azker.BotApi.Tests.Polling;

public sealed class LongPollTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_poll_without_timeout_answers_at_once()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.Empty(await test.UpdateIdsAsync("timeout=abc"));
    }

    [Fact]
    public async Task A_poll_ends_with_nothing_after_its_timeout()
    {
        await using TestServer test = await TestServer.StartAsync();
        TestServer.PendingCall poll = await test.PollAsync("timeout=20");
        test.Time.Advance(TimeSpan.FromSeconds(19.9));
        Assert.NotNull(test.Bot.Statistics.WaitingPoll);
        test.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("""{"ok":true,"result":[]}""", (await poll.Answer).Body);
    }

    [Fact]
    public async Task A_poll_waits_for_50_seconds_at_most()
    {
        await using TestServer test = await TestServer.StartAsync();
        TestServer.PendingCall poll = await test.PollAsync("timeout=1000");
        test.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Empty((await poll.Answer).UpdateIds);
    }

    [Fact]
    public async Task A_waiting_poll_answers_a_millisecond_after_an_update()
    {
        await using TestServer test = await TestServer.StartAsync();
        TestServer.PendingCall poll = await test.PollAsync();
        int? id = test.Bot.EnqueueText(1, 1, "a");
        Assert.NotNull(test.Bot.Statistics.WaitingPoll);
        test.Time.Advance(Millisecond);
        Assert.Equal([id!.Value], (await poll.Answer).UpdateIds);
    }

    [Fact]
    public async Task More_updates_delay_a_waiting_poll_by_two_milliseconds_at_most()
    {
        await using TestServer test = await TestServer.StartAsync();
        TestServer.PendingCall poll = await test.PollAsync();
        test.Bot.EnqueueText(1, 1, "a");
        test.Time.Advance(Millisecond * 0.9);
        test.Bot.EnqueueText(1, 1, "b");
        test.Time.Advance(Millisecond * 0.9);
        Assert.NotNull(test.Bot.Statistics.WaitingPoll);
        test.Bot.EnqueueText(1, 1, "c");
        test.Time.Advance(Millisecond * 0.2);
        Assert.Equal(3, (await poll.Answer).UpdateIds.Length);
    }

    [Fact]
    public async Task An_update_below_the_offset_of_a_waiting_poll_is_swallowed()
    {
        await using TestServer test = await TestServer.StartAsync();
        int id = test.Bot.EnqueueText(1, 1, "a")!.Value;
        TestServer.PendingCall poll = await test.PollAsync($"offset={id + 5}&timeout=50");
        test.Bot.EnqueueText(1, 1, "b");
        test.Time.Advance(Millisecond);
        Assert.Empty((await poll.Answer).UpdateIds);
        Assert.Equal(0, test.Bot.Statistics.Pending);
    }

    [Fact]
    public async Task A_poll_whose_client_has_gone_waits_on()
    {
        await using TestServer test = await TestServer.StartAsync();
        await PollAndLeaveAsync(test);
        Assert.NotNull(test.Bot.Statistics.WaitingPoll);
        test.Bot.EnqueueText(1, 1, "a");
        test.Time.Advance(Millisecond);
        Assert.True(test.Bot.Updates.Single().Deliveries.Single().ClientGone);
        Assert.Equal(1, test.Bot.Statistics.Pending);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("logOut")]
    public async Task A_waiting_poll_is_answered_with_nothing_when_the_bot_goes(string method)
    {
        await using TestServer test = await TestServer.StartAsync();
        TestServer.PendingCall poll = await test.PollAsync();
        Assert.Equal(200, (await test.CallAsync(method)).Status);
        Assert.Empty((await poll.Answer).UpdateIds);
    }

    internal static async Task PollAndLeaveAsync(TestServer test)
    {
        using var leaving = new CancellationTokenSource();
        Task<HttpResponseMessage> poll = test.Http.GetAsync(test.Url("getUpdates?timeout=50"), leaving.Token);
        await test.UntilAsync(bot => bot.Statistics.WaitingPoll is not null);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        await Deadline.PollUntilAsync(() => test.Bot.Statistics.WaitingPoll!.ClientGone);
    }
}
