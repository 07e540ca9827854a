using System.Text.Json;
using Azker.BotApi.Statistics;

namespace Azker.BotApi.Tests.Polling;

public sealed class GetUpdatesTests
{
    [Fact]
    public async Task An_update_is_an_object_with_its_id_a_line_feed_and_its_body()
    {
        await using TestServer test = await TestServer.StartAsync(new BotApiServerOptions { FirstUpdateId = 100 });
        test.Bot.Enqueue("""{"message":{"text" : "a"}}""");
        Answer answer = await test.CallAsync("getUpdates");
        Assert.Equal("{\"ok\":true,\"result\":[{\"update_id\":100,\n\"message\":{\"text\" : \"a\"}}]}", answer.Body);
    }

    [Fact]
    public async Task The_first_id_is_drawn_from_2000001_to_1000000000()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.InRange(test.Bot.EnqueueText(1, 1, "a")!.Value, 2_000_001, 1_000_000_000);
    }

    [Theory]
    [InlineData("limit=0", 1)]
    [InlineData("limit=abc", 1)]
    [InlineData("limit=-5", 1)]
    [InlineData("limit=1000", 100)]
    [InlineData("", 100)]
    [InlineData("limit=7x", 7)]
    public async Task A_limit_is_read_leniently_and_moved_into_1_to_100(string arguments, int expected)
    {
        await using TestServer test = await TestServer.StartAsync();
        Enqueue(test, 101);
        Assert.Equal(expected, (await test.UpdateIdsAsync(arguments)).Length);
    }

    [Fact]
    public async Task A_poll_confirms_the_updates_below_its_offset_when_it_arrives()
    {
        await using TestServer test = await TestServer.StartAsync();
        int id = test.Bot.EnqueueText(1, 1, "a")!.Value;
        await test.PollAsync($"offset={id + 1}&timeout=50");
        Assert.Equal(0, test.Bot.Statistics.Pending);
        Assert.Equal(UpdateRemoval.Confirmed, test.Bot.Updates.Single().Removal);
    }

    [Fact]
    public async Task An_answer_ends_before_4_MiB()
    {
        await using TestServer test = await TestServer.StartAsync();
        const int tenthOf4MiB = (1 << 22) / 10;
        const int overhead = 50 + 9;
        for (int number = 0; number < 11; number++)
        {
            test.Bot.Enqueue($$"""{"poll":"{{new string('x', tenthOf4MiB - overhead)}}"}""");
        }

        Assert.Equal(10, (await test.UpdateIdsAsync("")).Length);
    }

    [Fact]
    public async Task The_same_offset_again_within_half_a_second_gets_one_update()
    {
        await using TestServer test = await TestServer.StartAsync();
        Enqueue(test, 3);
        Assert.Equal(3, (await test.UpdateIdsAsync("")).Length);
        Assert.Single(await test.UpdateIdsAsync(""));
    }

    [Fact]
    public async Task The_same_offset_again_within_three_seconds_waits_for_three_seconds()
    {
        await using TestServer test = await TestServer.StartAsync();
        await test.UpdateIdsAsync("");
        test.Time.Advance(TimeSpan.FromSeconds(1));
        TestServer.PendingCall poll = await test.PollAsync("");
        test.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.NotNull(test.Bot.Statistics.WaitingPoll);
        test.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Empty((await poll.Answer).UpdateIds);
    }

    [Fact]
    public async Task An_allowed_updates_filter_holds_for_later_updates_and_not_for_queued_ones()
    {
        await using TestServer test = await TestServer.StartAsync();
        int? queued = test.Bot.EnqueueText(1, 1, "a");
        await test.CallAsync("""getUpdates?allowed_updates=["poll"]""");
        Assert.Null(test.Bot.EnqueueText(1, 1, "b"));
        Assert.Equal(queued + 1, test.Bot.Enqueue("""{"poll":{"id":"1"}}"""));
        Assert.Equal(2, (await test.UpdateIdsAsync("offset=1")).Length);
        Assert.Equal(1, test.Bot.Statistics.NotQueued["filtered"]);
    }

    [Fact]
    public async Task An_update_over_512_KiB_is_dropped_silently()
    {
        await using TestServer test = await TestServer.StartAsync();
        Assert.NotNull(test.Bot.Enqueue($$"""{"poll":"{{new string('x', (512 << 10) - 9)}}"}"""));
        Assert.Null(test.Bot.Enqueue($$"""{"poll":"{{new string('x', (512 << 10) - 8)}}"}"""));
        Assert.Equal(1, test.Bot.Statistics.NotQueued["too_large"]);
    }

    [Fact]
    public async Task A_full_queue_drops_the_new_update_and_draws_no_id_for_it()
    {
        await using TestServer test = await TestServer.StartAsync();
        for (int number = 0; number < 100_000; number++)
        {
            test.Bot.Enqueue("""{"poll":{}}""");
        }

        Assert.Null(test.Bot.Enqueue("""{"poll":{}}"""));
        int last = test.Bot.Updates[^1].UpdateId;
        await test.UpdateIdsAsync($"offset={last}");
        Assert.Equal(last + 1, test.Bot.Enqueue("""{"poll":{}}"""));
    }

    [Fact]
    public async Task A_message_lives_for_a_day_from_its_own_date()
    {
        await using TestServer test = await TestServer.StartAsync();
        long now = test.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Null(Enqueue(now - 86_401));
        Assert.NotNull(Enqueue(now - 86_400));
        Assert.Equal(1, test.Bot.Statistics.NotQueued["too_old"]);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await test.UpdateIdsAsync(""));

        int? Enqueue(long date) => test.Bot.Enqueue(JsonSerializer.Serialize(new { message = new { date, chat = new { id = 1 } } }));
    }

    [Fact]
    public async Task A_callback_query_lives_for_150_seconds()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.Enqueue("""{"callback_query":{"id":"1","from":{"id":1}}}""");
        test.Time.Advance(TimeSpan.FromSeconds(150));
        Assert.Single(await test.UpdateIdsAsync(""));
        test.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await test.UpdateIdsAsync("offset=1"));
    }

    [Fact]
    public async Task Two_bots_have_a_queue_each()
    {
        await using TestServer test = await TestServer.StartAsync();
        const string other = "654321:TEST-0123456789abcdefghijk";
        test.Server.Bot(other).EnqueueText(1, 1, "a");
        Assert.Empty(await test.UpdateIdsAsync(""));
        Assert.Single((await test.CallAsync("getUpdates", token: other)).UpdateIds);
    }

    [Fact]
    public async Task A_bot_in_the_test_environment_has_another_queue()
    {
        await using TestServer test = await TestServer.StartAsync();
        test.Bot.EnqueueText(1, 1, "a");
        Assert.Empty((await test.CallAsync("test/getUpdates")).UpdateIds);
    }

    private static void Enqueue(TestServer test, int count)
    {
        for (int number = 0; number < count; number++)
        {
            test.Bot.EnqueueText(1, 1, "a");
        }
    }
}
