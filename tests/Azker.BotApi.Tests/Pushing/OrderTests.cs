namespace Azker.BotApi.Tests.Pushing;

public sealed class OrderTests
{
    private static readonly TimeSpan HalfSecond = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task The_next_update_of_a_key_waits_for_the_success_of_the_one_before()
    {
        await using PushTest test = await PushTest.StartAsync();
        await test.ActivateAsync();
        int[] ids = [test.Enqueue(5), test.Enqueue(5)];
        ReceivedRequest first = await test.Receiver.NextAsync();
        Assert.Equal([ids[0]], test.Bot.Webhook.InFlight);
        await first.AnswerAsync();
        Assert.Equal(ids[1], (await test.Receiver.NextAsync()).UpdateId);
    }

    [Fact]
    public async Task The_next_update_of_a_key_waits_while_the_one_before_fails()
    {
        await using PushTest test = await PushTest.StartAsync();
        int[] ids = [test.Enqueue(5), test.Enqueue(5)];
        await (await test.Receiver.NextAsync()).AnswerAsync("500 Internal Server Error");
        Assert.Equal([ids[0], ids[1]], await test.Receiver.AcceptAsync(2));
    }

    [Fact]
    public async Task A_callback_overtakes_the_messages_of_its_user()
    {
        await using PushTest test = await PushTest.StartAsync();
        await test.ActivateAsync();
        test.Enqueue(5);
        await test.Receiver.NextAsync();
        int? callback = test.Bot.Enqueue("""{"callback_query":{"id":"1","from":{"id":5}}}""");
        Assert.Equal(callback, (await test.Receiver.NextAsync()).UpdateId);
    }

    [Fact]
    public async Task Updates_without_key_wait_for_no_other()
    {
        await using PushTest test = await PushTest.StartAsync();
        await test.ActivateAsync();
        int?[] ids = [test.Bot.Enqueue("""{"custom_event":{}}"""), test.Bot.Enqueue("""{"custom_event":{}}""")];
        Assert.Equivalent(ids, new[] { (await test.Receiver.NextAsync()).UpdateId, (await test.Receiver.NextAsync()).UpdateId });
    }

    [Fact]
    public async Task Keys_loaded_together_go_out_by_key_not_by_update_id()
    {
        await using PushTest test = await PushTest.StartAsync(null);
        (int user, int supergroup) = (test.Enqueue(5), test.Enqueue(-1_000_000_000_005));
        // The test uses one connection, because requests on two connections have no order.
        await test.SetAsync(test.Receiver.Url, "&max_connections=1");
        Assert.Equal([supergroup, user], await test.Receiver.AcceptAsync(2));
    }

    [Fact]
    public async Task Keys_run_side_by_side_up_to_max_connections()
    {
        await using PushTest test = await PushTest.StartAsync("&max_connections=3");
        await test.ActivateAsync();
        Enumerable.Range(1, 5).ToList().ForEach(chat => test.Enqueue(chat));
        ReceivedRequest[] requests = [await test.Receiver.NextAsync(), await test.Receiver.NextAsync(), await test.Receiver.NextAsync()];
        Assert.Equal(3, requests.Select(request => request.Connection.Number).Distinct().Count());
        test.Time.Advance(HalfSecond);
        Assert.Equal(3, test.Bot.Webhook.InFlight.Count);
        Assert.Equal(3, test.Bot.Webhook.Connections);
    }

    [Fact]
    public async Task While_twice_max_connections_keys_fail_no_other_is_loaded()
    {
        await using PushTest test = await PushTest.StartAsync("&max_connections=1");
        int[] failing = [test.Enqueue(1), test.Enqueue(2)];
        int starved = test.Enqueue(3);
        foreach (int _ in failing)
        {
            await (await test.Receiver.NextAsync()).AnswerAsync("500 No", "Retry-After: 100\r\n");
        }

        await test.Server.UntilAsync(bot => bot.Webhook.Retries.Count == 2);
        Assert.Equal(2, test.Bot.Webhook.LoadedKeys);
        Assert.Empty(test.Record(starved).Attempts);
        test.Time.Advance(TimeSpan.FromSeconds(100));
        int[] expected = [.. failing, starved];
        Assert.Equal(expected, await test.Receiver.AcceptAsync(3));
    }

    [Fact]
    public async Task A_loaded_update_is_pushed_after_its_time()
    {
        await using PushTest test = await PushTest.StartAsync();
        int? first = test.Bot.Enqueue("""{"inline_query":{"id":"1","from":{"id":5}}}""");
        int? second = test.Bot.Enqueue("""{"inline_query":{"id":"2","from":{"id":5}}}""");
        ReceivedRequest request = await test.Receiver.NextAsync();
        test.Time.Advance(TimeSpan.FromSeconds(40));
        await request.AnswerAsync();
        Assert.Equal((first, second), (request.UpdateId, (await test.Receiver.NextAsync()).UpdateId));
    }

    [Fact]
    public async Task An_update_that_expired_before_it_is_loaded_is_not_pushed()
    {
        await using PushTest test = await PushTest.StartAsync(null);
        int? expired = test.Bot.Enqueue("""{"inline_query":{"id":"1","from":{"id":5}}}""");
        test.Time.Advance(TimeSpan.FromSeconds(31));
        int id = test.Enqueue(5);
        await test.SetAsync(test.Receiver.Url);
        Assert.Equal([id], await test.Receiver.AcceptAsync(1));
        Assert.Equal(Azker.BotApi.Statistics.UpdateRemoval.Expired, test.Record(expired!.Value).Removal);
    }
}
