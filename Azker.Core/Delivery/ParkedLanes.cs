using Azker.Core.Delivery.Parking;
using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// The lanes whose updates this instance has parked and left, on a host where work cannot outlive its request: later updates of these
/// lanes must not overtake them. Another instance does not know these lanes.
/// </summary>
internal sealed class ParkedLanes(ParkedUpdates parked, IParkedUpdateQueue queue)
{
    /// <summary>Beyond this number, the lanes are forgotten: a lane stays known until its chat sends another update.</summary>
    private const int Max = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<UpdateKey, HashSet<int>> _lanes = [];

    /// <summary>Whether a parked update of the lane is still to be handled.</summary>
    public async Task<bool> HoldsAsync(UpdateKey lane)
    {
        foreach (int updateId in IdsOf(lane))
        {
            if (await parked.MayBeParkedAsync(updateId))
            {
                return true;
            }

            Remove(lane, updateId);
        }

        return false;
    }

    /// <summary>
    /// Remembers an update that this instance has left to a later run, or forgets an update that is settled. The run that goes on with a
    /// parked update sees to its next run by itself.
    /// </summary>
    public async Task EndAsync(UpdateKey lane, InFlightUpdate pending, AttemptResult result)
    {
        if (result.IsSettled)
        {
            Remove(lane, pending.Update.Id);
        }
        else if (result.Outcome == AttemptOutcome.Parked)
        {
            Add(lane, pending.Update.Id);
            await (pending.Origin == DeliveryOrigin.Pushed ? queue.PutAsync(pending.Update.Id, result.RetryAfter) : Task.CompletedTask);
        }
    }

    private int[] IdsOf(UpdateKey lane)
    {
        lock (_gate)
        {
            return _lanes.TryGetValue(lane, out HashSet<int>? ids) ? [.. ids] : [];
        }
    }

    private void Add(UpdateKey lane, int updateId)
    {
        lock (_gate)
        {
            if (_lanes.Count >= Max && !_lanes.ContainsKey(lane))
            {
                _lanes.Clear();
            }

            if (!_lanes.TryGetValue(lane, out HashSet<int>? ids))
            {
                _lanes[lane] = ids = [];
            }

            ids.Add(updateId);
        }
    }

    private void Remove(UpdateKey lane, int updateId)
    {
        lock (_gate)
        {
            if (_lanes.TryGetValue(lane, out HashSet<int>? ids) && ids.Remove(updateId) && ids.Count == 0)
            {
                _lanes.Remove(lane);
            }
        }
    }
}
