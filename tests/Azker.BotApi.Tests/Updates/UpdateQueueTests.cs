using Azker.BotApi.Statistics;
using Azker.BotApi.Updates;

namespace Azker.BotApi.Tests.Updates;

public sealed class UpdateQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly UpdateCounts _counts = new();
    private readonly Queue<int> _firstIds = new([1_000, 5_000]);
    private readonly UpdateQueue _queue;
    private DateTimeOffset _now = Start;

    public UpdateQueueTests() => _queue = new UpdateQueue(_firstIds.Dequeue, Start, _counts);

    [Fact]
    public void Ids_start_where_they_were_drawn_and_count_up_by_one() => Assert.Equal([1_000, 1_001, 1_002], Add(3));

    [Fact]
    public void Ids_go_on_after_the_queue_was_emptied()
    {
        Add(2);
        _queue.Clear(_now);
        Assert.Equal([1_002], Add(1));
    }

    [Fact]
    public void An_offset_confirms_the_ids_below_it_and_returns_itself_and_those_above()
    {
        Add(3);
        Assert.Equal([1_001, 1_002], Read(1_001));
        Assert.Equal(1, _counts.Removed[UpdateRemoval.Confirmed]);
    }

    [Fact]
    public void The_same_offset_returns_the_same_updates()
    {
        Add(3);
        Assert.Equal(Read(1_001), Read(1_001));
    }

    [Fact]
    public void An_offset_of_zero_starts_at_the_head_and_confirms_nothing()
    {
        Add(3);
        Assert.Equal([1_000, 1_001, 1_002], Read(0));
        Assert.Equal(3, _queue.Count);
    }

    [Fact]
    public void A_limit_leaves_the_rest_in_the_queue()
    {
        Add(3);
        Assert.Equal([1_000, 1_001], Read(0, limit: 2));
        Assert.Equal(3, _queue.Count);
    }

    [Fact]
    public void A_negative_offset_drops_all_but_the_last_and_does_not_confirm_those()
    {
        Add(5);
        Assert.Equal([1_003, 1_004], Read(-2));
        Assert.Equal([1_003, 1_004], Read(0));
        Assert.Equal(3, _counts.Removed[UpdateRemoval.Dropped]);
    }

    [Fact]
    public void The_smallest_offset_of_all_keeps_everything()
    {
        Add(2);
        Assert.Equal([1_000, 1_001], Read(int.MinValue));
    }

    [Fact]
    public void An_offset_more_than_ten_above_the_tail_is_ignored()
    {
        Add(2);
        Assert.Equal([1_000, 1_001], Read(_queue.Tail + 11));
        Assert.Equal(2, _queue.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void An_offset_up_to_ten_above_the_tail_empties_the_queue_and_swallows_what_comes_below_it(int ahead)
    {
        Add(2);
        int offset = _queue.Tail + ahead;
        Assert.Empty(Read(offset));
        Assert.Equal(0, _queue.Count);
        Add(1);
        Assert.Empty(Read(offset));
    }

    [Fact]
    public void An_offset_more_than_100000_below_the_head_is_ignored()
    {
        var queue = new UpdateQueue(() => 200_000, Start, _counts);
        queue.Add(Text(), Expiry(60), _now);
        Assert.Single(queue.Read(200_000 - 100_001, 100, _now));
    }

    [Fact]
    public void The_queue_holds_100000_updates()
    {
        Add(UpdateQueue.MaxUpdates - 1);
        Assert.True(_queue.HasRoomFor(1));
        Add(1);
        Assert.False(_queue.HasRoomFor(1));
    }

    [Fact]
    public void The_queue_holds_128_MiB()
    {
        var half = new UpdateFragment(QueuedKinds.Find("message"), new byte[64 << 20], null, 0);
        _queue.Add(half, Expiry(60), _now);
        Assert.True(_queue.HasRoomFor(64 << 20));
        Assert.False(_queue.HasRoomFor((64 << 20) + 1));
    }

    [Fact]
    public void An_update_expires_in_the_second_after_its_last()
    {
        _queue.Add(Text(), Expiry(30), _now);
        _now += TimeSpan.FromSeconds(30);
        Assert.Single(Read(0));
        _now += TimeSpan.FromSeconds(1);
        Assert.Empty(Read(0));
        Assert.Equal(1, _counts.Removed[UpdateRemoval.Expired]);
    }

    [Fact]
    public void Expired_updates_are_counted_until_the_collector_comes_ten_minutes_after_the_start()
    {
        _queue.Add(Text(), Expiry(30), _now);
        CollectAt(599);
        Assert.Equal(1, _queue.Count);
        CollectAt(600);
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void The_collector_comes_every_minute_after_that()
    {
        CollectAt(600);
        _queue.Add(Text(), Expiry(30), _now);
        CollectAt(659);
        Assert.Equal(1, _queue.Count);
        CollectAt(665);
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void The_collector_leaves_updates_that_have_not_expired()
    {
        _queue.Add(Text(), Expiry(600), _now);
        CollectAt(600);
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void At_the_largest_id_all_pending_updates_are_dropped_and_a_new_start_is_drawn()
    {
        var queue = new UpdateQueue(new Queue<int>([UpdateQueue.MaxId - 1, 7_000]).Dequeue, Start, _counts);
        queue.Add(Text(), Expiry(60), _now);
        QueuedUpdate next = queue.Add(Text(), Expiry(60), _now);
        Assert.Equal(7_000, next.Id);
        Assert.Equal(1, queue.Count);
        Assert.Equal(1, _counts.Removed[UpdateRemoval.Dropped]);
    }

    private static UpdateFragment Text() => UpdateFragment.Parse("""{"message":{}}""");

    private int[] Add(int count) => [.. Enumerable.Range(0, count).Select(_ => _queue.Add(Text(), Expiry(60), _now).Id)];

    private int[] Read(int offset, int limit = 100) => [.. _queue.Read(offset, limit, _now).Select(update => update.Id)];

    private long Expiry(int seconds) => _now.ToUnixTimeSeconds() + seconds;

    private void CollectAt(int second)
    {
        _now = Start + TimeSpan.FromSeconds(second);
        _queue.CollectExpired(_now);
    }
}
