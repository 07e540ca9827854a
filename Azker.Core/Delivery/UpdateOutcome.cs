using Azker.Core.Telemetry;

namespace Azker.Core.Delivery;

/// <summary>The outcome of a delivery as spans and metrics name it.</summary>
internal static class UpdateOutcome
{
    public static string Of(AttemptResult result) => result.Outcome switch
    {
        AttemptOutcome.Settled => Of(result.Settlement),
        AttemptOutcome.Duplicate => "duplicate",
        AttemptOutcome.Parked => UpdateMetrics.Parked,
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Throttled => "throttled",
        AttemptOutcome.Outage => "outage",
        AttemptOutcome.Busy => "busy",
        AttemptOutcome.Unavailable => "unavailable",
        AttemptOutcome.Overloaded => "overloaded",
        _ => "cancelled",
    };

    private static string Of(Settlement settlement) => settlement switch
    {
        Settlement.Refused => "refused",
        Settlement.TooOld => "too_old",
        Settlement.DeadLetter => "dead",
        _ => "settled",
    };
}
