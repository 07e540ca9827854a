using Azker.Core.Configuration;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Fallback;

/// <summary>
/// For how long the webhook's program must be well before it gets the updates back: longer each time that it failed again
/// soon after it had got them. It neither waits nor knows the time.
/// </summary>
internal static class FailbackDelay
{
    /// <summary>Above it, doubling could only overflow.</summary>
    private const int MostFlaps = 30;

    /// <summary>Counts the takeovers in a row that followed soon on a hand-back.</summary>
    /// <param name="record">The receiver record before this takeover.</param>
    /// <param name="now">The time of this takeover.</param>
    /// <param name="options">The settings.</param>
    public static int CountFlaps(ReceiverRecord? record, DateTimeOffset now, FallbackOptions options)
    {
        if (record is { Mode: ReceiverRecord.ByPolling })
        {
            // Another poller's place is taken; the webhook had no chance to fail since.
            return record.Flaps;
        }

        return record?.FailedBackAt is { } failedBackAt && now - failedBackAt < options.MaxFailbackDelay ? Math.Min(record.Flaps + 1, MostFlaps) : 0;
    }

    /// <summary>The delay after so many flaps.</summary>
    public static TimeSpan After(int flaps, FallbackOptions options) =>
        TimeSpan.FromSeconds(Math.Min(options.FailbackDelay.TotalSeconds * Math.Pow(2, flaps), options.MaxFailbackDelay.TotalSeconds));
}
