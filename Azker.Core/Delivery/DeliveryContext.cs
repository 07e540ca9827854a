namespace Azker.Core.Delivery;

/// <summary>The conditions under which this instance delivers an update.</summary>
/// <param name="Epoch">The epoch of the receiver lock; <see langword="null"/> when the update was received without the lock.</param>
/// <param name="IsHeld">
/// Tells whether that lock is still held. The token of the lock may be cancelled a moment too late: a process that was paused
/// continues with its next step first.
/// </param>
/// <param name="StoppingToken">Ends the wait for another attempt, but not an attempt that runs.</param>
/// <param name="CancellationToken">Cancels the delivery.</param>
internal sealed record DeliveryContext(long? Epoch, Func<bool> IsHeld, CancellationToken StoppingToken, CancellationToken CancellationToken);
