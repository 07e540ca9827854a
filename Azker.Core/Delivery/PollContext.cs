namespace Azker.Core.Delivery;

/// <summary>The lock and the window under which an update was polled.</summary>
/// <param name="Epoch">The epoch of the receiver lock.</param>
/// <param name="IsHeld">
/// Tells whether that lock is still held. The token of the lock may be cancelled a moment too late: a process that was paused
/// continues with its next step first.
/// </param>
/// <param name="BlocksOthers">Tells whether other updates cannot arrive before this update is settled.</param>
internal sealed record PollContext(long Epoch, Func<bool> IsHeld, Func<bool> BlocksOthers);
