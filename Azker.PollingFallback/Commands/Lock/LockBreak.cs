using Azker.Core.Overview;

namespace Azker.PollingFallback.Commands.Lock;

/// <summary>The result of <c>lock break</c>.</summary>
/// <param name="Outcome"><c>broken</c>, <c>free</c> (no instance held the lock), <c>refused</c> or <c>declined</c> (by the user).</param>
/// <param name="Before">The holder before; <see langword="null"/> for none.</param>
/// <param name="After">The holder after the wait; <see langword="null"/> for none.</param>
internal sealed record LockBreak(string Outcome, LockHolderReport? Before, LockHolderReport? After)
{
    public const string Broken = "broken";
    public const string Free = "free";
    public const string Refused = "refused";
    public const string Declined = "declined";
}
