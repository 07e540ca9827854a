using Azker.Core.Telemetry;

namespace Azker.Core.Locking;

/// <summary>Shows in the metrics whether this instance holds the receiver lock, and tells when it was renewed.</summary>
internal sealed class MeteredLock : IInstanceLock
{
    private readonly IInstanceLock _inner;
    private volatile IInstanceLockHandle? _last;

    public MeteredLock(IInstanceLock inner, ReceiverMetrics metrics)
    {
        _inner = inner;
        metrics.IsLockHeld = () => _last is { } handle && handle.Remaining > TimeSpan.Zero;
    }

    /// <inheritdoc/>
    public TimeSpan? SinceRenewal => _last is { } handle && handle.Remaining > TimeSpan.Zero ? handle.SinceRenewal : null;

    /// <inheritdoc/>
    public async Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        IInstanceLockHandle? handle = await _inner.TryAcquireAsync(cancellationToken);
        _last = handle ?? _last;
        return handle;
    }

    /// <inheritdoc/>
    public async Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken) =>
        _last = await _inner.AcquireAsync(waitingFor, cancellationToken);

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => _inner.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken) => _inner.GetHolderAsync(cancellationToken);
}
