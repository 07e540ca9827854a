namespace Azker.Core.Delivery;

/// <summary>How an update is delivered again after a failure.</summary>
/// <param name="MaxDelayAfter">The longest delay after the n-th failure, from 1.</param>
/// <param name="BlocksOthers">Tells whether other updates cannot arrive before this update is settled.</param>
internal sealed record Redelivery(Func<int, TimeSpan> MaxDelayAfter, Func<bool> BlocksOthers);
