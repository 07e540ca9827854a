using System.Collections.Concurrent;
using Azker.Core.Delivery.Parking;
using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// Goes on with parked updates on a host where work cannot outlive its request: a message of the queue and a timer of the host start a
/// run, which waits for the end of its updates.
/// </summary>
internal sealed class ParkedRuns(
    UpdateDelivery delivery, ParkedUpdates parked, IParkedUpdateQueue queue, ParkingLimits limits, TimeProvider timeProvider)
{
    /// <summary>When a lane is tried again that another run or instance is processing.</summary>
    private static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan StopDelay = TimeSpan.FromSeconds(1);

    /// <summary>How long the timer leaves an update to its message, which may be lost.</summary>
    private static readonly TimeSpan MessageDelay = TimeSpan.FromMinutes(2);

    /// <summary>The lanes that a run of this instance is processing.</summary>
    private readonly ConcurrentDictionary<UpdateKey, bool> _running = new();

    /// <summary>
    /// Until when this instance begins no run of a lane: a service is down, or Telegram asked to wait. Each update of the lane has a
    /// message, and all of them would try the first update.
    /// </summary>
    private readonly ConcurrentDictionary<UpdateKey, (long Since, TimeSpan Delay)> _waits = new();

    /// <summary>
    /// Goes on with an update that the queue has brought back, after the older parked updates of its lane, and then with the later
    /// updates. An update that is not settled by that is put on the queue again.
    /// </summary>
    public async Task RunAsync(int updateId, CancellationToken cancellationToken)
    {
        long begunAt = timeProvider.GetTimestamp();
        TimeSpan? again = await parked.FindAsync(updateId) switch
        {
            (true, { } update) => await RunLaneAsync(update, begunAt, cancellationToken),
            (true, null) => null,
            _ => BusyDelay,
        };
        await (again is { } delay ? queue.PutAsync(updateId, delay) : Task.CompletedTask);
    }

    /// <summary>
    /// Goes on with all parked updates that are due and whose messages have not brought them back. An update that is not settled by that
    /// is left to its message or to the next run.
    /// </summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        if (parked.OutlivesRequests || !parked.IsPossible)
        {
            return;
        }

        long begunAt = timeProvider.GetTimestamp();
        IReadOnlyList<ParkedUpdate> updates = await parked.ReadAsync(CancellationToken.None) ?? [];
        await Task.WhenAll(updates.GroupBy(delivery.LaneOf)
            .Select(lane => lane.First())
            .Where(IsDue)
            .Select(first => RunLaneAsync(first, begunAt, cancellationToken)));
    }

    /// <summary>Goes on with the lane of an update.</summary>
    /// <returns>When to go on with the update; <see langword="null"/> when it is settled.</returns>
    private async Task<TimeSpan?> RunLaneAsync(ParkedUpdate wanted, long begunAt, CancellationToken cancellationToken)
    {
        UpdateKey lane = delivery.LaneOf(wanted);
        if (WaitOf(lane) is { } wait)
        {
            return wait;
        }

        if (!_running.TryAdd(lane, true))
        {
            return BusyDelay;
        }

        try
        {
            // The other party is a run that has just left the lane: what it wrote must be read.
            return await parked.ReadLaneAsync(lane, delivery.LaneOf) is { } updates
                ? await RunLaneAsync(updates, wanted.UpdateId, begunAt, cancellationToken)
                : BusyDelay;
        }
        finally
        {
            _running.TryRemove(lane, out _);
        }
    }

    private async Task<TimeSpan?> RunLaneAsync(IReadOnlyList<ParkedUpdate> lane, int wanted, long begunAt, CancellationToken cancellationToken)
    {
        bool isSettled = lane.All(update => update.UpdateId != wanted);
        foreach (ParkedUpdate update in lane)
        {
            if (await RunAsync(update, begunAt, cancellationToken) is { } delay)
            {
                _waits[delivery.LaneOf(update)] = (timeProvider.GetTimestamp(), delay);
                return isSettled ? null : delay;
            }

            isSettled |= update.UpdateId == wanted;
        }

        return null;
    }

    /// <returns>When to go on with the update; <see langword="null"/> when it is settled.</returns>
    private async Task<TimeSpan?> RunAsync(ParkedUpdate update, long begunAt, CancellationToken cancellationToken)
    {
        if (timeProvider.GetElapsedTime(begunAt) > limits.LatestBegin)
        {
            return TimeSpan.Zero;
        }

        var context = new DeliveryContext(Epoch: null, IsHeld: () => true, cancellationToken, cancellationToken);
        AttemptResult result = await delivery.ResumeAsync(update, context, begunAt) is { } pending
            ? await pending.Ended
            : new AttemptResult(AttemptOutcome.Settled);
        return result.IsSettled ? null : result.Outcome switch
        {
            AttemptOutcome.Parked => result.RetryAfter,
            AttemptOutcome.Cancelled => StopDelay,
            _ => BusyDelay,
        };
    }

    private TimeSpan? WaitOf(UpdateKey lane)
    {
        if (!_waits.TryGetValue(lane, out (long Since, TimeSpan Delay) wait))
        {
            return null;
        }

        TimeSpan left = wait.Delay - timeProvider.GetElapsedTime(wait.Since);
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        _waits.TryRemove(lane, out _);
        return null;
    }

    private bool IsDue(ParkedUpdate update)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        DateTimeOffset due = update.NextAttemptAt(now) ?? update.ArrivedAt;
        return now < update.ArrivedAt || now >= (queue.IsUsable ? due + MessageDelay : due);
    }
}
