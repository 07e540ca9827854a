using System.Collections.Concurrent;
using Azker.Core.Delivery.Parking;

namespace Azker.Core.Tests.Delivery;

/// <summary>A store of parked updates in memory that a test can make unavailable.</summary>
internal sealed class TestParkedStore : IParkedUpdateStore
{
    private readonly ConcurrentDictionary<int, ParkedUpdate> _updates = new();
    private int _writes;

    public bool IsDown { get; set; }

    /// <summary>Ends the reading of all updates, which have been given before.</summary>
    public TaskCompletionSource? Pause { get; set; }

    /// <summary>How often all updates were read, or are being read.</summary>
    public int Readings { get; private set; }

    public string Location => "memory";

    public int Writes => Volatile.Read(ref _writes);

    public IReadOnlyList<int> Ids => [.. _updates.Keys.Order()];

    public Task AddAsync(ParkedUpdate update, CancellationToken cancellationToken)
    {
        Refuse();
        return _updates.ContainsKey(update.UpdateId) ? Task.CompletedTask : WriteAsync(update, cancellationToken);
    }

    public Task WriteAsync(ParkedUpdate update, CancellationToken cancellationToken)
    {
        Refuse();
        Interlocked.Increment(ref _writes);
        _updates[update.UpdateId] = update;
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<ParkedUpdate> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Refuse();
        Readings++;
        foreach (ParkedUpdate update in _updates.Values)
        {
            yield return update;
        }

        await (Pause?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
    }

    public async IAsyncEnumerable<int> ListIdsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Refuse();
        foreach (int updateId in _updates.Keys)
        {
            yield return updateId;
        }

        await Task.CompletedTask;
    }

    public Task<ParkedUpdate?> FindAsync(int updateId, CancellationToken cancellationToken)
    {
        Refuse();
        return Task.FromResult(_updates.GetValueOrDefault(updateId));
    }

    public Task RemoveAsync(int updateId, CancellationToken cancellationToken)
    {
        Refuse();
        _updates.TryRemove(updateId, out _);
        return Task.CompletedTask;
    }

    private void Refuse()
    {
        if (IsDown)
        {
            throw new ParkingException("The store is down.");
        }
    }
}
