namespace Azker.Core.Delivery.Ledger;

/// <summary>Whether the ledger can be used, as this instance has seen it last.</summary>
internal sealed class LedgerStatus(TimeProvider timeProvider)
{
    /// <summary>
    /// For how long a failure says something: longer than Telegram, or the poller, lets an update rest until the next try.
    /// </summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private (long Since, long Last)? _failing;

    /// <summary>For how long the ledger has failed, without a success in between; <see langword="null"/> when it does not.</summary>
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

    /// <returns>For how long it had failed, if it had.</returns>
    public TimeSpan? Succeeded()
    {
        lock (_gate)
        {
            TimeSpan? failedFor = _failing is { } failing ? timeProvider.GetElapsedTime(failing.Since) : null;
            _failing = null;
            return failedFor;
        }
    }

    /// <returns>Whether that is new.</returns>
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
