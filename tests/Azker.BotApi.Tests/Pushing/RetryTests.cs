using Azker.BotApi.Pushing;
using Azker.BotApi.Statistics;

namespace Azker.BotApi.Tests.Pushing;

public sealed class RetryTests
{
    private const string Failure = "500 Internal Server Error";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Delays_double_up_to_a_limit_between_60_and_120_seconds()
    {
        var limits = new Queue<int>([60, 61, 62, 63, 64, 61, 119, 120, 90]);
        var schedule = new RetrySchedule(limits.Dequeue);
        Assert.Equal([0, 2, 4, 8, 16, 32, 61, 119, 120, 90], Enumerable.Range(0, 10).Select(_ => schedule.Fail(0).TotalSeconds));
    }

    [Fact]
    public void Retry_After_replaces_a_delay_and_does_not_double_it()
    {
        var schedule = new RetrySchedule(() => 60);
        int[] asked = [0, 0, 100, 0, 100, 0];
        Assert.Equal([0, 2, 100, 4, 100, 8], asked.Select(after => schedule.Fail(after).TotalSeconds));
    }

    [Fact]
    public async Task A_failed_update_comes_again_at_once_and_then_after_two_seconds()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync(Failure);
        await (await test.Receiver.NextAsync()).AnswerAsync(Failure);
        Assert.Equal(new WebhookRetry(id, 2, test.Time.GetUtcNow() + 2 * Second), await test.RetryAsync(2));
        test.Time.Advance(2 * Second);
        Assert.Equal([id], await test.Receiver.AcceptAsync(1));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 0)]
    [InlineData("-5", 0)]
    [InlineData("999999", 3600)]
    [InlineData("Wed, 21 Oct 2037 07:28:00 GMT", 0)]
    [InlineData("1.5", 0)]
    public async Task Retry_After_is_whole_seconds_up_to_an_hour(string header, int seconds)
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        DateTimeOffset failedAt = test.Time.GetUtcNow();
        await (await test.Receiver.NextAsync()).AnswerAsync("503 Busy", $"Retry-After: {header}\r\n");
        if (seconds == 0)
        {
            await test.Receiver.NextAsync();
            return;
        }

        Assert.Equal(failedAt + seconds * Second, (await test.RetryAsync()).At);
    }

    [Fact]
    public async Task A_failure_blocks_its_own_key_only()
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        await (await test.Receiver.NextAsync()).AnswerAsync(Failure, "Retry-After: 100\r\n");
        int other = test.Enqueue(6);
        Assert.Equal([other], await test.Receiver.AcceptAsync(1));
    }

    [Fact]
    public async Task An_update_whose_next_retry_would_come_too_late_is_dropped_at_the_failure()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Bot.Enqueue("""{"callback_query":{"id":"1","from":{"id":5}}}""")!.Value;
        await (await test.Receiver.NextAsync()).AnswerAsync("503 Busy", "Retry-After: 151\r\n");
        await test.UntilRemovedAsync(id);
        Assert.Equal((UpdateRemoval.Dropped, test.Time.GetUtcNow()), (test.Record(id).Removal!.Value, test.Record(id).RemovedAt!.Value));
    }

    [Fact]
    public async Task An_update_whose_next_retry_comes_in_time_stays()
    {
        await using PushTest test = await PushTest.StartAsync();
        int id = test.Bot.Enqueue("""{"callback_query":{"id":"1","from":{"id":5}}}""")!.Value;
        await (await test.Receiver.NextAsync()).AnswerAsync("503 Busy", "Retry-After: 150\r\n");
        Assert.Equal(id, (await test.RetryAsync()).UpdateId);
    }

    [Fact]
    public async Task The_next_of_a_key_goes_out_when_the_one_before_was_dropped()
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Bot.Enqueue("""{"callback_query":{"id":"1","from":{"id":5}}}""");
        int? next = test.Bot.Enqueue("""{"callback_query":{"id":"2","from":{"id":5}}}""");
        await (await test.Receiver.NextAsync()).AnswerAsync("503 Busy", "Retry-After: 3600\r\n");
        Assert.Equal(next, (await test.Receiver.NextAsync()).UpdateId);
    }

    [Fact]
    public void Only_410_for_longer_than_23_hours_is_the_end()
    {
        DateTimeOffset start = DateTimeOffset.UnixEpoch;
        var gone = new GonePeriod();
        Assert.False(gone.Answer(410, start));
        Assert.False(gone.Answer(410, start.AddHours(23)));
        Assert.True(gone.Answer(410, start.AddHours(23).AddSeconds(1)));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public void Any_other_answer_restarts_the_23_hours(int status)
    {
        DateTimeOffset start = DateTimeOffset.UnixEpoch;
        var gone = new GonePeriod();
        gone.Answer(410, start);
        gone.Answer(status, start.AddHours(1));
        Assert.False(gone.Answer(410, start.AddHours(24)));
    }

    [Fact]
    public async Task A_webhook_that_is_gone_is_deleted_and_its_updates_stay()
    {
        await using PushTest test = await PushTest.StartAsync();
        test.Enqueue(5);
        for (int hour = 0; hour < 23; hour++)
        {
            await (await test.Receiver.NextAsync()).AnswerAsync("410 Gone", "Retry-After: 3600\r\n");
            await test.RetryAsync(hour + 1);
            test.Time.Advance(TimeSpan.FromHours(1));
        }

        ReceivedRequest last = await test.Receiver.NextAsync();
        test.Time.Advance(Second);
        await last.AnswerAsync("410 Gone");
        await test.Server.UntilAsync(bot => bot.Webhook.Url.Length == 0);
        Assert.Equal("", await test.InfoAsync("url"));
        Assert.Equal(1, test.Bot.Statistics.Pending);
    }
}
