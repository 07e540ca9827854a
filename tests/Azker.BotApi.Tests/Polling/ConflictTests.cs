using Azker.BotApi.Polling;
using Azker.BotApi.Statistics;

namespace Azker.BotApi.Tests.Polling;

public sealed class ConflictTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task The_older_of_two_long_polls_is_ended_at_once_and_the_newer_waits()
    {
        await using TestServer test = await TestServer.StartAsync();
        TestServer.PendingCall older = await test.PollAsync();
        TestServer.PendingCall newer = await test.PollAsync();
        Answer conflict = await older.Answer;
        Assert.Equal(409, conflict.Status);
        Assert.Equal(
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", conflict.Description);
        test.Bot.EnqueueText(1, 1, "a");
        test.Time.Advance(Millisecond);
        Assert.Single((await newer.Answer).UpdateIds);
    }

    [Fact]
    public async Task A_poll_that_finds_updates_ends_no_other()
    {
        await using TestServer test = await TestServer.StartAsync();
        int id = test.Bot.EnqueueText(1, 1, "a")!.Value;
        TestServer.PendingCall waiting = await test.PollAsync($"offset={id + 1}&timeout=50");
        test.Bot.EnqueueText(1, 1, "b");
        Assert.Equal([id + 1], await test.UpdateIdsAsync("timeout=50"));
        test.Time.Advance(Millisecond);
        Assert.Equal([id + 1], (await waiting.Answer).UpdateIds);
        Assert.Empty(test.Bot.Statistics.Conflicts);
        Assert.Equal(1, test.Bot.Statistics.Redelivered);
    }

    [Fact]
    public async Task A_poll_without_timeout_and_with_another_offset_ends_no_other()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.PollAsync("timeout=50");
        Assert.Empty(await test.UpdateIdsAsync("offset=5"));
        Assert.NotNull(test.Bot.Statistics.WaitingPoll);
    }

    [Fact]
    public async Task A_short_poll_with_the_same_offset_becomes_a_long_one_and_ends_the_other()
    {
        await using TestServer test = await TestServer.StartAsync();
        TestServer.PendingCall older = await test.PollAsync("timeout=50");
        await test.PollAsync("");
        Assert.Equal(409, (await older.Answer).Status);
    }

    [Fact]
    public async Task A_conflict_within_three_seconds_of_another_is_held_for_three_seconds()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.PollAsync();
        TestServer.PendingCall second = await test.PollAsync();
        test.Time.Advance(TimeSpan.FromSeconds(2));
        await test.PollAsync();
        test.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(1, test.Bot.Statistics.ConflictsAnswered);
        test.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(409, (await second.Answer).Status);
        Assert.Equal(2, test.Bot.Statistics.ConflictsAnswered);
    }

    [Fact]
    public async Task A_poll_while_a_webhook_is_set_is_refused()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Local = true });
        await test.CallAsync("setWebhook?url=http://127.0.0.1:1");
        Answer answer = await test.CallAsync("getUpdates?timeout=50");
        Assert.Equal(409, answer.Status);
        Assert.Equal(
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            answer.Description);
    }

    [Fact]
    public async Task A_refused_poll_changes_no_allowed_updates()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Local = true });
        await test.CallAsync("setWebhook?url=http://127.0.0.1:1");
        await test.CallAsync("""getUpdates?allowed_updates=["poll"]""");
        Assert.NotNull(test.Bot.EnqueueText(1, 1, "a"));
    }

    [Fact]
    public async Task Polls_are_accepted_right_after_deleteWebhook()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Local = true });
        await test.CallAsync("setWebhook?url=http://127.0.0.1:1");
        await test.CallAsync("deleteWebhook");
        Assert.Equal(200, (await test.CallAsync("getUpdates")).Status);
    }

    [Fact]
    public async Task Conflicts_are_counted_by_text_and_port_and_by_whether_the_client_was_there()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { Ports = [0, 0] });
        await LongPollTests.PollAndLeaveAsync(test);
        await test.PollAsync(port: 1);
        test.Time.Advance(TimeSpan.FromSeconds(3));
        await test.PollAsync();
        await test.UntilAsync(bot => bot.Statistics.ConflictsAnswered == 1);
        Assert.Equal(
            [
                new ConflictCount(Conflicts.OtherGetUpdates, test.Server.Ports[0], 0, 1),
                new ConflictCount(Conflicts.OtherGetUpdates, test.Server.Ports[1], 1, 0),
            ],
            test.Bot.Statistics.Conflicts);
    }
}
