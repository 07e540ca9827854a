using System.Collections.Concurrent;
using Azker.Core.Telemetry;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.Parking;

/// <summary>
/// Parks updates that cannot be settled soon, so that they hold neither Telegram's window of 100 updates nor a connection of the
/// webhook. A parked update is in the store from before its confirmation to Telegram until after its settling.
/// </summary>
internal sealed partial class ParkedUpdates
{
    private const int ReadsAtOnce = 16;

    private static readonly TimeSpan LargestClockError = TimeSpan.FromDays(1);

    /// <summary>The updates that this instance has parked or read from the store, and that are not settled.</summary>
    private readonly ConcurrentDictionary<int, bool> _known = new();

    /// <summary>The settled updates that could not be removed from the store.</summary>
    private readonly ConcurrentDictionary<int, bool> _leftovers = new();

    /// <summary>The lanes of the updates in the store that this instance has read, so that it reads no update of another lane twice.</summary>
    private readonly ConcurrentDictionary<int, UpdateKey> _lanes = new();

    private readonly IParkedUpdateStore _store;
    private readonly ParkingLimits _limits;
    private readonly UpdateMetrics _metrics;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private int _isFailing;

    public ParkedUpdates(
        IParkedUpdateStore store, ParkingLimits limits, UpdateMetrics metrics, TimeProvider timeProvider, ILogger<ParkedUpdates> logger)
    {
        (_store, _limits, _metrics, _timeProvider, _logger) = (store, limits, metrics, timeProvider, logger);
        metrics.ParkedCount = () => Count;
    }

    /// <summary>Whether updates can be parked here at all.</summary>
    public bool IsPossible => _limits.IsPossible;

    /// <summary>Whether this process may go on with an update after the request that brought it has ended.</summary>
    public bool OutlivesRequests => _limits.OutlivesRequests;

    /// <inheritdoc cref="ParkingLimits.MaxRequestTime"/>
    public TimeSpan MaxRequestTime => _limits.MaxRequestTime;

    /// <inheritdoc cref="ParkingLimits.LatestBegin"/>
    public TimeSpan LatestBegin => _limits.LatestBegin;

    /// <summary>How many parked updates this instance has to handle.</summary>
    public int Count => _known.Count;

    /// <summary>Whether the store could not be used when it was used last.</summary>
    public bool IsFailing => Volatile.Read(ref _isFailing) == 1;

    /// <summary>Stores an update. After that it may be confirmed to Telegram.</summary>
    /// <param name="update">The update.</param>
    /// <param name="arrivedAt">When the update arrived, UTC.</param>
    /// <param name="notBefore">When the next attempt is allowed; <see langword="null"/> for at once.</param>
    /// <returns>Whether it is stored; not when the store cannot be used, or when too many updates are parked.</returns>
    public async Task<bool> TryParkAsync(ReceivedUpdate update, DateTimeOffset arrivedAt, DateTimeOffset? notBefore)
    {
        if (!IsPossible || (_known.Count >= _limits.Max && !_known.ContainsKey(update.Id)))
        {
            return false;
        }

        bool isNew = _known.TryAdd(update.Id, true);
        var parked = new ParkedUpdate
        {
            UpdateId = update.Id,
            Raw = update.Raw,
            ArrivedAt = arrivedAt,
            NotBefore = notBefore,
            StoredAt = _timeProvider.GetUtcNow(),
        };
        bool isStored = await TryAsync(() => notBefore is null
            ? _store.AddAsync(parked, CancellationToken.None)
            : _store.WriteAsync(parked, CancellationToken.None));
        if (isNew && !isStored)
        {
            _known.TryRemove(update.Id, out _);
        }
        else if (isNew)
        {
            _metrics.CountParked(update);
        }

        return isStored;
    }

    /// <summary>Removes a settled update. If that fails, the ledger tells the next reader that the update is settled.</summary>
    public async Task RemoveAsync(int updateId)
    {
        _leftovers[updateId] = true;
        if (await TryAsync(() => _store.RemoveAsync(updateId, CancellationToken.None)))
        {
            _leftovers.TryRemove(updateId, out _);
        }

        _known.TryRemove(updateId, out _);
    }

    /// <summary>Forgets an update that is left to the next receiver. It stays in the store.</summary>
    public void Leave(int updateId) => _known.TryRemove(updateId, out _);

    /// <summary>Reads the parked updates of earlier runs and of instances that ended, the oldest first.</summary>
    /// <returns>The updates; <see langword="null"/> when the store cannot be used.</returns>
    public async Task<IReadOnlyList<ParkedUpdate>?> ReadAsync(CancellationToken cancellationToken)
    {
        await RemoveLeftoversAsync();
        List<ParkedUpdate>? updates = null;
        return await TryAsync(async () => updates = await _store.ListAsync(cancellationToken)
            .Where(update => IsToBeRead(update.UpdateId))
            .ToListAsync(cancellationToken))
            ? Sort(updates!)
            : null;
    }

    /// <summary>Reads the parked updates of a lane, the oldest first.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="laneOf">The lane of an update.</param>
    /// <returns>
    /// The updates; <see langword="null"/> when the store cannot be used, or when this instance is handling an update of the lane.
    /// </returns>
    public async Task<IReadOnlyList<ParkedUpdate>?> ReadLaneAsync(UpdateKey lane, Func<ParkedUpdate, UpdateKey> laneOf)
    {
        await RemoveLeftoversAsync();
        List<ParkedUpdate> updates = [];
        return await TryAsync(async () => updates = await FindLaneAsync(lane, laneOf)) && IsFree(updates) ? Sort(updates) : null;
    }

    /// <summary>Looks for a parked update.</summary>
    /// <returns>Whether the store can be used, and the update; <see langword="null"/> when it is not parked.</returns>
    public async Task<(bool IsKnown, ParkedUpdate? Update)> FindAsync(int updateId)
    {
        ParkedUpdate? update = null;
        bool isKnown = await TryAsync(async () => update = await _store.FindAsync(updateId, CancellationToken.None));
        return (isKnown, _leftovers.ContainsKey(updateId) ? null : update);
    }

    /// <summary>Whether an update is parked, also when the store cannot be used.</summary>
    public async Task<bool> MayBeParkedAsync(int updateId) => await FindAsync(updateId) is (false, _) or (_, not null);

    /// <summary>This instance goes on with an update that it read from the store.</summary>
    /// <returns>Whether it did not know the update as parked before.</returns>
    public bool Take(ParkedUpdate update) => _known.TryAdd(update.UpdateId, true);

    /// <summary>
    /// Sorts by the ids, which grow as the updates arrive: the clocks of the instances may differ. After a week without updates the ids
    /// begin again at a random number (Bot API, "Update"), so the time of arrival decides when it differs by more than a day.
    /// </summary>
    private static IReadOnlyList<ParkedUpdate> Sort(IEnumerable<ParkedUpdate> updates)
    {
        var sorted = new List<ParkedUpdate>();
        var close = new List<ParkedUpdate>();
        foreach (ParkedUpdate update in updates.OrderBy(update => update.ArrivedAt))
        {
            if (close.Count > 0 && update.ArrivedAt - close[^1].ArrivedAt > LargestClockError)
            {
                sorted.AddRange(close.OrderBy(other => other.UpdateId));
                close.Clear();
            }

            close.Add(update);
        }

        return [.. sorted, .. close.OrderBy(other => other.UpdateId)];
    }

    /// <summary>
    /// Whether this instance is handling no update of a lane. The answer counts after the lane was read: another run may end while it is
    /// read, and a lane without the update of that run would let later updates overtake it.
    /// </summary>
    private bool IsFree(IEnumerable<ParkedUpdate> lane) => !lane.Any(update => _known.ContainsKey(update.UpdateId));

    private bool IsToBeRead(int updateId) => !_leftovers.ContainsKey(updateId) && !_known.ContainsKey(updateId);

    private async Task RemoveLeftoversAsync()
    {
        foreach (int updateId in _leftovers.Keys)
        {
            await RemoveAsync(updateId);
        }
    }

    private async Task<List<ParkedUpdate>> FindLaneAsync(UpdateKey lane, Func<ParkedUpdate, UpdateKey> laneOf)
    {
        var found = new List<ParkedUpdate>();
        HashSet<int> ids = await _store.ListIdsAsync(CancellationToken.None).ToHashSetAsync();
        foreach (int gone in _lanes.Keys.Where(id => !ids.Contains(id)))
        {
            _lanes.TryRemove(gone, out _);
        }

        foreach (int[] some in ids.Where(id => !_leftovers.ContainsKey(id) && (!_lanes.TryGetValue(id, out UpdateKey known) || known == lane)).Chunk(ReadsAtOnce))
        {
            ParkedUpdate?[] updates = await Task.WhenAll(some.Select(id => _store.FindAsync(id, CancellationToken.None)));
            found.AddRange(updates.OfType<ParkedUpdate>().Where(update => (_lanes[update.UpdateId] = laneOf(update)) == lane));
        }

        return found;
    }

    private async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            if (Interlocked.Exchange(ref _isFailing, 0) == 1)
            {
                Log.Recovered(_logger);
            }

            return true;
        }
        catch (ParkingException error)
        {
            if (Interlocked.Exchange(ref _isFailing, 1) == 0)
            {
                Log.Failed(_logger, error.Message);
            }

            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4201, LogLevel.Error, "{Fault} Updates cannot be parked until then, so slow and waiting updates delay other updates.")]
        public static partial void Failed(ILogger logger, string fault);

        [LoggerMessage(4202, LogLevel.Information, "Updates can be parked again.")]
        public static partial void Recovered(ILogger logger);
    }
}
