using Azker.Core.Infrastructure;

namespace Azker.Core.Delivery;

/// <summary>The delays between the attempts of one update. It neither waits nor reads a clock.</summary>
internal sealed class DeliveryDelays(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxOutageDelay = TimeSpan.FromSeconds(60);

    private readonly Backoff _failures = new(First, TimeSpan.FromSeconds(30), random);

    /// <summary>The longest interval between two checks whether another instance has settled an update that it is processing.</summary>
    private readonly Backoff _busy = new(First, TimeSpan.FromSeconds(5), random);

    /// <summary>The wide jitter spreads the updates that wait for the same dependency, so that one of them soon finds it again.</summary>
    private readonly Backoff _outages = new(First, MaxOutageDelay, random, largestJitter: 0.5);

    /// <summary>
    /// The delay during an outage for a run that does not know the delays of the runs before it: it grows with the age of the update.
    /// </summary>
    public static TimeSpan OutageDelayAt(TimeSpan age, TimeSpan least) =>
        age / 2 < least ? least : age / 2 < MaxOutageDelay ? age / 2 : MaxOutageDelay;

    /// <summary>The delay after an attempt that did not settle the update.</summary>
    public TimeSpan After(AttemptResult result) => result.Outcome switch
    {
        AttemptOutcome.Busy => _busy.Next(),
        AttemptOutcome.Throttled => result.RetryAfter,
        AttemptOutcome.Outage => _outages.Next(),
        _ => _failures.Next(),
    };
}
