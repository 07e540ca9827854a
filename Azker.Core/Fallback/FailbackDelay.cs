using Azker.Core.Configuration;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Fallback;

/// <summary>
/// Computes how long the target must be healthy before failback. The delay doubles each time that the webhook failed soon after
/// a failback. It neither waits nor knows the time.
/// </summary>
internal static class FailbackDelay
{
    /// <summary>A higher exponent could only overflow.</summary>
    private const int MaxFlaps = 30;

    /// <summary>Counts the failovers in a row that followed soon after a failback.</summary>
    /// <param name="record">The receiver record before this failover.</param>
    /// <param name="now">The time of this failover.</param>
    /// <param name="options">The settings.</param>
    public static int CountFlaps(ReceiverRecord? record, DateTimeOffset now, FallbackOptions options)
    {
        if (record is { Mode: ReceiverRecord.ByPolling })
        {
            // This instance replaces another poller; the webhook had no chance to fail since.
            return record.Flaps;
        }

        return record?.FailedBackAt is { } failedBackAt && now - failedBackAt < options.MaxFailbackDelay ? Math.Min(record.Flaps + 1, MaxFlaps) : 0;
    }

    /// <summary>Returns the delay after a number of flaps.</summary>
    public static TimeSpan After(int flaps, FallbackOptions options) =>
        TimeSpan.FromSeconds(Math.Min(options.FailbackDelay.TotalSeconds * Math.Pow(2, flaps), options.MaxFailbackDelay.TotalSeconds));
}
