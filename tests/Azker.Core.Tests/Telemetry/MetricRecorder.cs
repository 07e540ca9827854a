using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Numerics;

namespace Azker.Core.Tests.Telemetry;

/// <summary>Listens to the metrics of one bot.</summary>
internal sealed class MetricRecorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Recorded> _recorded = new();

    public MetricRecorder(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        Record<int>();
        Record<long>();
        Record<double>();
        _listener.Start();
    }

    /// <summary>All values of an instrument, each with its tags except the bot's id.</summary>
    public IReadOnlyList<(double Value, string Tags)> Of(string instrument) =>
        [.. _recorded.Where(entry => entry.Instrument == instrument).Select(entry => (entry.Value, entry.Tags))];

    /// <summary>The sums of a counter, as <c>tag=value …: sum</c>, in order.</summary>
    public IReadOnlyList<string> Sums(string instrument) =>
    [
        .. Of(instrument).GroupBy(entry => entry.Tags, (tags, entries) => string.Create(CultureInfo.InvariantCulture, $"{tags}: {entries.Sum(entry => entry.Value)}"))
            .Order(StringComparer.Ordinal),
    ];

    public double Sum(string instrument) => Of(instrument).Sum(entry => entry.Value);

    /// <summary>Asks an observable instrument for its value.</summary>
    public double Observe(string instrument)
    {
        _listener.RecordObservableInstruments();
        return Of(instrument)[^1].Value;
    }

    /// <summary>The values of an instrument with the id of their bot, in order.</summary>
    public IReadOnlyList<(long? Bot, double Value)> BotsOf(string instrument) =>
        [.. _recorded.Where(entry => entry.Instrument == instrument).Select(entry => (entry.Bot, entry.Value)).Order()];

    public bool AllHaveTheBot => _recorded.All(entry => entry.Bot is not null);

    public void Dispose() => _listener.Dispose();

    private void Record<T>()
        where T : struct, INumber<T> =>
        _listener.SetMeasurementEventCallback<T>((instrument, value, tags, _) =>
        {
            List<KeyValuePair<string, object?>> all = [.. tags];
            long? bot = all.SingleOrDefault(tag => tag.Key == "azker.bot.id").Value as long?;
            all.RemoveAll(tag => tag.Key == "azker.bot.id");
            _recorded.Enqueue(new Recorded(instrument.Name, double.CreateChecked(value), string.Join(' ', all.Select(tag => $"{tag.Key}={tag.Value}")), bot));
        });

    private sealed record Recorded(string Instrument, double Value, string Tags, long? Bot);
}
