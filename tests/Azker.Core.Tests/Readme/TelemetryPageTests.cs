using System.Diagnostics.Metrics;
using System.Reflection;
using Azker.Core.Telemetry;

namespace Azker.Core.Tests.Readme;

public sealed class TelemetryPageTests
{
    [Fact]
    public void The_telemetry_page_has_every_metric_with_its_kind_and_unit_and_no_other()
    {
        using var meter = new BotMeter(1);
        using var listener = new MeterListener();
        List<Instrument> instruments = [];
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter == meter.Meter)
            {
                instruments.Add(instrument);
            }
        };
        listener.Start();
        _ = new UpdateMetrics(meter, TimeProvider.System);
        _ = new ReceiverMetrics(meter);

        Assert.Equal(
            instruments.Select(instrument => $"{instrument.Name} {KindOf(instrument)} {instrument.Unit}").Order(),
            TelemetryPage.Metrics.Select(metric => $"{metric.Name} {metric.Kind} {metric.Unit}").Order());
        Assert.All(instruments, instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void The_telemetry_page_has_every_tag()
    {
        string page = Pages.Read("docs/telemetry.md");

        Assert.All(
            typeof(TelemetryTags).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!),
            tag => Assert.Contains($"`{tag}`", page, StringComparison.Ordinal));
    }

    private static string KindOf(Instrument instrument) =>
        instrument.GetType().Name.Split('`')[0].Replace("Observable", "", StringComparison.Ordinal).ToLowerInvariant();
}
