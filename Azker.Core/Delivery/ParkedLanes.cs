using Azker.Core.Delivery.Parking;
using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// The lanes with parked updates that this instance has left to a later run, or to another instance: pushed updates of these lanes must
/// not overtake them.
/// </summary>
internal sealed class ParkedLanes(ParkedUpdates parked, IParkedUpdateQueue queue)
{
    /// <summary>Beyond this number, the lanes are forgotten: a lane stays known until its chat sends another update.</summary>
    private const int Max = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<UpdateKey, HashSet<int>> _lanes = [];

    /// <summary>Whether this instance has left parked updates. It may not know yet that they are settled.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Count > 0;
            }
        }
    }

    /// <summary>Whether a parked update that this instance has left is still to be handled before an update of the same lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="pending">The update. A pushed update comes after all parked updates.</param>
    public ValueTask<bool> HoldsAsync(UpdateKey lane, InFlightUpdate pending) => Any ? FindAsync(lane, pending) : ValueTask.FromResult(false);

    private async ValueTask<bool> FindAsync(UpdateKey lane, InFlightUpdate pending)
    {
        foreach (int updateId in IdsOf(lane).Where(id => pending.Origin == DeliveryOrigin.Pushed || id < pending.Update.Id))
        {
            if (await parked.MayBeParkedAsync(updateId))
            {
                return true;
            }

            Remove(lane, updateId);
        }

        return false;
    }

    /// <summary>Forgets the updates that other instances have settled.</summary>
    /// <param name="parkedIds">Updates that are in the store.</param>
    public async Task ForgetSettledAsync(IReadOnlySet<int> parkedIds)
    {
        foreach ((UpdateKey lane, int updateId) in All().Where(entry => !parkedIds.Contains(entry.UpdateId)))
        {
            if (!await parked.MayBeParkedAsync(updateId))
            {
                Remove(lane, updateId);
            }
        }
    }

    /// <summary>Remembers a parked update that this instance has left, or forgets an update that is settled.</summary>
    /// <remarks>The run that goes on with a parked update sees to its next run by itself.</remarks>
    public Task EndAsync(UpdateKey lane, InFlightUpdate pending, AttemptResult result)
    {
        if (result.IsSettled)
        {
            Remove(lane, pending.Update.Id);
        }
        else if (pending.IsParked)
        {
            Add(lane, pending.Update.Id);
            return pending.Origin == DeliveryOrigin.Pushed ? queue.PutAsync(pending.Update.Id, result.RetryAfter) : Task.CompletedTask;
        }

        return Task.CompletedTask;
    }

    /// <summary>Remembers a parked update of another instance.</summary>
    public void Add(UpdateKey lane, int updateId)
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

    private (UpdateKey Lane, int UpdateId)[] All()
    {
        lock (_gate)
        {
            return [.. _lanes.SelectMany(entry => entry.Value, (entry, updateId) => (entry.Key, updateId))];
        }
    }

    private int[] IdsOf(UpdateKey lane)
    {
        lock (_gate)
        {
            return _lanes.TryGetValue(lane, out HashSet<int>? ids) ? [.. ids] : [];
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
