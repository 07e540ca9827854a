using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// Keeps the keys whose updates fail now, and whether other updates are handled at the same time. If they are, the failing
/// updates are the cause, and not a service that the handlers need.
/// </summary>
internal sealed class FailingKeys(TimeProvider timeProvider)
{
    /// <summary>Longer than the 120 s after which Telegram delivers a failed update again; an update that does not arrive in that time has expired.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(3);

    private readonly Lock _gate = new();
    private readonly Dictionary<UpdateKey, (DateTimeOffset FirstAt, DateTimeOffset LastAt)> _failures = [];
    private DateTimeOffset _handledAt = DateTimeOffset.MinValue;

    /// <summary>The number of keys that have failed and are not settled.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _failures.Count;
            }
        }
    }

    public void Failed(UpdateKey key)
    {
        lock (_gate)
        {
            DateTimeOffset now = timeProvider.GetUtcNow();
            foreach (UpdateKey old in _failures.Where(failure => now - failure.Value.LastAt > Memory).Select(failure => failure.Key).ToList())
            {
                _failures.Remove(old);
            }

            _failures[key] = (_failures.TryGetValue(key, out var known) ? known.FirstAt : now, now);
        }
    }

    public void Handled(UpdateKey key)
    {
        lock (_gate)
        {
            _failures.Remove(key);
            _handledAt = timeProvider.GetUtcNow();
        }
    }

    public void GivenUp(UpdateKey key)
    {
        lock (_gate)
        {
            _failures.Remove(key);
        }
    }

    /// <summary>Whether another update was handled since the update of this key failed first.</summary>
    public bool HasHandledOthersSince(UpdateKey key)
    {
        lock (_gate)
        {
            return _failures.TryGetValue(key, out var failure) && _handledAt >= failure.FirstAt;
        }
    }
}
