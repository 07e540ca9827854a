using System.Diagnostics;
using Azker.Core.Handling;
using Azker.Core.Telemetry;

namespace Azker.Core.Delivery;

/// <summary>The end of an attempt as spans and metrics name it.</summary>
internal static class HandlerOutcome
{
    public static string Of(DispatchOutcome outcome) => outcome switch
    {
        DispatchOutcome.Handled => "handled",
        DispatchOutcome.Failed => "failed",
        DispatchOutcome.TimedOut => "timed_out",
        DispatchOutcome.Unreadable => "unreadable",
        DispatchOutcome.CancelledByBot => "cancelled_by_bot",
        _ => "cancelled",
    };

    /// <summary>Records the end of an attempt in its span. Only a failure is an error.</summary>
    public static void End(this Activity span, DispatchResult result)
    {
        span.SetTag(TelemetryTags.HandlerOutcome, Of(result.Outcome));
        if (result is { Outcome: DispatchOutcome.Failed or DispatchOutcome.TimedOut or DispatchOutcome.Unreadable, Error: { } error })
        {
            span.Fail(error);
        }
    }
}
