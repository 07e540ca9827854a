using Azker.Core.Polling;
using Azker.Simulation.Invariants;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary><c>getUpdates</c> while no webhook is set: a new long poll ends the older long poll, even if the caller of the older poll is gone.</summary>
internal sealed class SimulatedUpdatePolling(World world, SimulatedUpdateQueue queue, SimulatedConflicts conflicts, ReceiverWatch watch)
{
    private static readonly TimeSpan Wakeup = TimeSpan.FromMilliseconds(1);

    private readonly SimulatedPollThrottle _throttle = new(world);
    private LongPoll? _pending;

    public void Take(Exchange<RawUpdates> exchange, GetRawUpdatesRequest request)
    {
        int offset = request.Offset ?? 0;
        (int limit, TimeSpan timeout) = _throttle.Apply(offset, Math.Clamp(request.Limit ?? 100, 1, 100), TimeSpan.FromSeconds(Math.Clamp(request.Timeout, 0, 50)));
        world.Trace.Add(world.Now, "telegram", $"gets {exchange.Caller}'s poll, offset {offset}, timeout {timeout.TotalSeconds}{(exchange.IsLive ? "" : ", for which it no longer waits")}");
        watch.PollArrived(exchange, _pending?.Exchange);
        IReadOnlyList<PendingUpdate> updates = queue.Get(offset, limit, exchange.Caller);
        if (updates.Count > 0 || timeout == TimeSpan.Zero)
        {
            Answer(exchange, updates);
            return;
        }

        Abort("terminated by other getUpdates request; make sure that only one bot instance is running");
        var poll = new LongPoll(exchange, offset, limit);
        _pending = poll;
        world.After(timeout, () => End(poll, []));
    }

    public void Abort(string why)
    {
        if (_pending is { } older)
        {
            _pending = null;
            conflicts.Answer(older.Exchange, why);
        }
    }

    /// <summary>Answers the long poll, since an update has arrived.</summary>
    public void Wake()
    {
        if (_pending is { } poll)
        {
            world.After(Wakeup, () => WakeUp(poll));
        }
    }

    private void WakeUp(LongPoll poll)
    {
        if (_pending == poll && queue.Get(poll.Offset, poll.Limit, poll.Exchange.Caller) is { Count: > 0 } updates)
        {
            End(poll, updates);
        }
    }

    private void End(LongPoll poll, IReadOnlyList<PendingUpdate> updates)
    {
        if (_pending == poll)
        {
            _pending = null;
            Answer(poll.Exchange, updates);
        }
    }

    private void Answer(Exchange<RawUpdates> exchange, IReadOnlyList<PendingUpdate> updates)
    {
        if (updates.Count > 0)
        {
            world.Trace.Add(world.Now, "telegram", $"gives {updates[0].Id}..{updates[^1].Id} to {exchange.Caller}");
        }

        exchange.Answer(new RawUpdates([.. updates.Select(update => (ReadOnlyMemory<byte>)update.Json)]));
    }

    private sealed record LongPoll(Exchange<RawUpdates> Exchange, int Offset, int Limit);
}
