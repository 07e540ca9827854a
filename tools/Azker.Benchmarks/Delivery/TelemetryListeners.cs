using System.Diagnostics;
using System.Diagnostics.Metrics;
using Azker.Core.Telemetry;

namespace Azker.Benchmarks.Delivery;

/// <summary>Listens to all spans and metrics of Azker, as OpenTelemetry does, and keeps nothing.</summary>
internal sealed class TelemetryListeners : IDisposable
{
    private readonly MeterListener _metrics = new();
    private readonly ActivityListener _spans = new()
    {
        ShouldListenTo = source => source.Name == AzkerTelemetry.Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public TelemetryListeners()
    {
        _metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == AzkerTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metrics.SetMeasurementEventCallback<int>((_, _, _, _) => { });
        _metrics.SetMeasurementEventCallback<long>((_, _, _, _) => { });
        _metrics.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        _metrics.Start();
        ActivitySource.AddActivityListener(_spans);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _spans.Dispose();
    }
}
