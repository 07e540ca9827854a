using System.Diagnostics.Metrics;
using Azker.Core.Infrastructure;

namespace Azker.Core.Telemetry;

/// <summary>The meter of one bot, and the tag that tells the bots of a process apart.</summary>
internal sealed class BotMeter : IDisposable
{
    private readonly bool _isOwn;

    // An application with IMeterFactory has one meter for all its bots. Without it, the bot has its own meter and not a static one,
    // because an observable instrument of a static meter would keep a bot that has ended.
    public BotMeter(long botId, IMeterFactory? factory = null)
    {
        var options = new MeterOptions(AzkerTelemetry.Name) { Version = AzkerVersion.Current };
        _isOwn = factory is null;
        Meter = factory?.Create(options) ?? new Meter(options);
        BotId = new KeyValuePair<string, object?>(TelemetryTags.BotId, botId);
    }

    public Meter Meter { get; }

    public KeyValuePair<string, object?> BotId { get; }

    /// <summary>A value of an observable instrument.</summary>
    public Measurement<int> Measure(int value) => new(value, BotId);

    public void Dispose()
    {
        if (_isOwn)
        {
            Meter.Dispose();
        }
    }
}
