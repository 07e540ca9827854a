namespace Azker.Core.Delivery.Ledger;

/// <summary>Whether the ledger can be used, as this instance last saw it.</summary>
internal sealed class LedgerStatus(TimeProvider timeProvider)
{
    /// <summary>
    /// How long a failure counts: longer than the pause of Telegram, or of the poller, before it delivers an update again.
    /// </summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private (long Since, long Last)? _failing;

    /// <summary>How long the ledger has failed without a success; <see langword="null"/> when it does not fail.</summary>
    public TimeSpan? FailingFor
    {
        get
        {
            lock (_gate)
            {
                return _failing is { } failing && timeProvider.GetElapsedTime(failing.Last) < Lifetime
                    ? timeProvider.GetElapsedTime(failing.Since)
                    : null;
            }
        }
    }

    /// <returns>How long the ledger had failed; <see langword="null"/> if it had not.</returns>
    public TimeSpan? Succeeded()
    {
        lock (_gate)
        {
            TimeSpan? failedFor = _failing is { } failing ? timeProvider.GetElapsedTime(failing.Since) : null;
            _failing = null;
            return failedFor;
        }
    }

    /// <returns>Whether this failure begins an outage.</returns>
    public bool Failed()
    {
        lock (_gate)
        {
            long now = timeProvider.GetTimestamp();
            bool isNew = _failing is null;
            _failing = (_failing?.Since ?? now, now);
            return isNew;
        }
    }
}
