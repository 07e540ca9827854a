using Azker.Simulation.Invariants;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.BotApi;

/// <summary>The bot's updates that are not confirmed (tddb/td/db/TQueue.cpp).</summary>
internal sealed class SimulatedUpdateQueue(World world, Journal journal)
{
    private const int FarAhead = 10;
    private const int FarBack = 100_000;

    private readonly List<PendingUpdate> _updates = [];

    /// <summary>The <c>update_id</c> of the next update.</summary>
    public int Tail { get; private set; } = 700_000_001;

    public int Count => _updates.Count;

    public IEnumerable<PendingUpdate> Updates => _updates.Where(update => update.ExpiresAt >= world.Now);

    public PendingUpdate Add(Func<int, PendingUpdate> create)
    {
        PendingUpdate update = create(Tail++);
        _updates.Add(update);
        return update;
    }

    /// <summary>Removes the updates before an offset, and gives the updates from there; it ignores an offset out of range.</summary>
    public IReadOnlyList<PendingUpdate> Get(int? offset, int limit, ProcessThread by)
    {
        RemoveExpired();
        int from = offset is { } asked and > 0 && asked <= Tail + FarAhead && asked >= Head - FarBack ? asked : 0;
        foreach (PendingUpdate confirmed in _updates.TakeWhile(update => update.Id < from).ToList())
        {
            Remove(confirmed, "confirmed by an offset", by);
        }

        return [.. _updates.Take(limit)];
    }

    public void Remove(PendingUpdate update, string how, ProcessThread by)
    {
        if (_updates.Remove(update))
        {
            journal.Gone(update.Id, how, by);
        }
    }

    public void Drop(PendingUpdate update)
    {
        if (_updates.Remove(update))
        {
            journal.Expired(update.Id);
        }
    }

    private int Head => _updates.Count == 0 ? Tail : _updates[0].Id;

    private void RemoveExpired()
    {
        foreach (PendingUpdate expired in _updates.Where(update => update.ExpiresAt < world.Now).ToList())
        {
            Drop(expired);
        }
    }
}
