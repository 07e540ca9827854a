using System.Diagnostics;
using Azker.Core.Telemetry;

namespace Azker.Core.Delivery;

/// <summary>Records the delivery of each update as a span and in the metrics.</summary>
internal sealed class DeliveryTelemetry(UpdateSpans spans, UpdateMetrics metrics)
{
    /// <summary>The delivery of an update begins. Its span is the current span of the caller from now on.</summary>
    public Record Begin(InFlightUpdate pending)
    {
        // A poll, or the run that reads parked updates, brings many updates: its span is no parent of theirs.
        Activity? span = spans.StartUpdate(pending.Update, ModeOf(pending.Origin), isRoot: pending.Origin != DeliveryOrigin.Pushed);
        return new Record(span, metrics.TryEnter());
    }

    public void End(Record record, InFlightUpdate pending, AttemptResult result)
    {
        string outcome = UpdateOutcome.Of(result);
        // The parked update was counted when it was stored.
        if (result.Outcome != AttemptOutcome.Parked)
        {
            metrics.Count(pending.Update, outcome);
        }

        if (result.Outcome == AttemptOutcome.Settled)
        {
            metrics.RecordLatency(pending.Update);
        }

        if (record.IsCounted)
        {
            metrics.Leave();
        }

        record.Span?.SetTag(TelemetryTags.UpdateOutcome, outcome);
        record.Span?.Stop();
    }

    private static string ModeOf(DeliveryOrigin origin) => origin switch
    {
        DeliveryOrigin.Polled => "polling",
        DeliveryOrigin.Pushed => "webhook",
        _ => "parked",
    };

    /// <param name="Span">The span, if a listener wants it.</param>
    /// <param name="IsCounted">Whether the update is counted as in flight.</param>
    internal readonly record struct Record(Activity? Span, bool IsCounted);
}
