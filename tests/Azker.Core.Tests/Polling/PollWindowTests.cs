using Azker.Core.Polling;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using CsCheck;

namespace Azker.Core.Tests.Polling;

public class PollWindowTests
{
    private readonly PollWindow _window = new();

    [Fact]
    public void The_first_poll_starts_at_the_head_of_the_queue() => Assert.Null(_window.Send());

    [Fact]
    public void The_offset_is_one_past_the_last_update_when_all_are_settled()
    {
        Poll(5, 6, 9);
        Settle(5, 6, 9);

        Assert.Equal(10, _window.Send());
    }

    [Fact]
    public void The_offset_never_passes_an_update_that_is_not_settled()
    {
        Poll(5, 6, 9);
        Settle(5, 9);

        Assert.Equal(6, _window.Send());
    }

    [Fact]
    public void Updates_in_flight_or_settled_are_not_taken_again()
    {
        Poll(5, 6, 9);
        Settle(5, 9);

        Assert.Equal([10], Poll(6, 9, 10));
    }

    [Fact]
    public void An_update_that_was_left_is_taken_again_once()
    {
        Poll(5, 6, 9);
        Settle(5, 9);
        _window.Leave(6);

        Assert.Equal([6, 10], Poll(6, 9, 10));
        Assert.Equal([11], Poll(6, 9, 10, 11));
        Assert.Equal(6, _window.Send());
    }

    [Fact]
    public void An_update_that_is_settled_during_the_poll_is_not_taken_again()
    {
        Poll(5, 6);
        _window.Send();
        Settle(5, 6);

        Assert.Equal([7], Take(5, 6, 7));
        Settle(7);
        Assert.Equal(8, _window.Send());
    }

    [Fact]
    public void Once_all_updates_are_confirmed_there_is_no_offset()
    {
        Poll(5);
        Settle(5);
        Poll();

        Assert.Null(_window.Send());
    }

    [Fact]
    public void The_window_is_half_full_when_fifty_updates_begin_with_an_unsettled_one()
    {
        int[] ids = [.. Enumerable.Range(1, 50)];
        Poll(ids[..49]);
        Assert.False(_window.IsHalfFull);
        Poll(ids);
        Assert.True(_window.IsHalfFull);

        Settle(ids[2..]);
        Assert.True(_window.IsHalfFull);
        Settle(1);
        Assert.False(_window.IsHalfFull);
        Poll([.. ids[1..], 51]);
        Assert.True(_window.IsHalfFull);
    }

    [Fact]
    public void Settled_updates_do_not_fill_the_window()
    {
        int[] ids = [.. Enumerable.Range(1, 100)];
        Poll(ids);
        Settle(ids);

        Assert.False(_window.IsHalfFull);
    }

    [Fact]
    public void Ids_that_jump_up_are_taken()
    {
        Poll(5);
        Settle(5);

        Assert.Equal([900_000_000], Poll(900_000_000));
        Settle(900_000_000);
        Assert.Equal(900_000_001, _window.Send());
    }

    [Fact]
    public void Ids_that_jump_down_are_taken_and_the_offset_follows_them()
    {
        Poll(900_000_000);
        Settle(900_000_000);
        _window.Send();

        IReadOnlyList<ReceivedUpdate> newUpdates = _window.Take([TestUpdates.Message(7), TestUpdates.Message(8)], out bool queueRestarted);

        Assert.True(queueRestarted);
        Assert.Equal([7, 8], newUpdates.Select(update => update.Id));
        Settle(7, 8);
        Assert.Equal(9, _window.Send());
    }

    [Fact]
    public void Settled_updates_are_unconfirmed_until_their_offset_is_sent()
    {
        Assert.False(_window.HasUnconfirmed);
        Poll(5, 6);
        Assert.False(_window.HasUnconfirmed);
        Settle(6);
        Assert.False(_window.HasUnconfirmed);
        Settle(5);
        Assert.True(_window.HasUnconfirmed);
        _window.Send();
        Assert.False(_window.HasUnconfirmed);
        _window.SendFailed();
        Assert.True(_window.HasUnconfirmed);
    }

    /// <summary>Runs against a queue with the rules of a Bot API server, with any order of settling and any lost polls.</summary>
    [Fact]
    public void Every_update_is_taken_exactly_once_and_confirmed_only_when_settled() =>
        Gen.Int[0, 9].Array[1, 200].Sample(steps =>
        {
            var window = new PollWindow();
            List<int> queue = [];
            List<int> taken = [];
            List<int> inFlight = [];
            int last = 100;
            foreach (int step in steps)
            {
                switch (step)
                {
                    case < 4:
                        queue.Add(last += 1 + (step % 2));
                        break;
                    case < 7 when inFlight.Count > 0:
                        int settled = inFlight[step * 7 % inFlight.Count];
                        inFlight.Remove(settled);
                        window.Keep(settled);
                        break;
                    case 7:
                        ConfirmUpTo(window.Send());
                        window.SendFailed();
                        break;
                    default:
                        ConfirmUpTo(window.Send());
                        foreach (ReceivedUpdate update in window.Take([.. queue.Take(100).Select(id => TestUpdates.Message(id))], out bool restarted))
                        {
                            Assert.False(restarted);
                            taken.Add(update.Id);
                            inFlight.Add(update.Id);
                        }

                        break;
                }
            }

            Assert.Equal(taken.Distinct(), taken);

            void ConfirmUpTo(int? offset)
            {
                Assert.DoesNotContain(inFlight, id => id < offset);
                Assert.DoesNotContain(queue, id => id < offset && !taken.Contains(id));
                queue.RemoveAll(id => id < offset);
            }
        });

    private IEnumerable<int> Poll(params int[] ids)
    {
        _window.Send();
        return Take(ids);
    }

    private IEnumerable<int> Take(params int[] ids)
    {
        IReadOnlyList<ReceivedUpdate> newUpdates = _window.Take([.. ids.Select(id => TestUpdates.Message(id))], out bool queueRestarted);
        Assert.False(queueRestarted);
        return newUpdates.Select(update => update.Id);
    }

    private void Settle(params int[] ids) => Array.ForEach(ids, _window.Keep);
}
