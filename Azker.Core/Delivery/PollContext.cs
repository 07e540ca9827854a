namespace Azker.Core.Delivery;

/// <summary>Under what an update was polled.</summary>
/// <param name="Epoch">The epoch of the receiver lock.</param>
/// <param name="IsHeld">
/// Says whether that lock is still held. A token that falls with it may fall a moment later: a process that stood still
/// goes on with what was next.
/// </param>
/// <param name="IsCrowded">Says whether other updates cannot come before this one is settled.</param>
internal sealed record PollContext(long Epoch, Func<bool> IsHeld, Func<bool> IsCrowded);
