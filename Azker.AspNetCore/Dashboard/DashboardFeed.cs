using System.Reflection;
using Azker.Core.Hosting;
using Azker.Core.Infrastructure;
using Azker.Core.Instances;
using Azker.Core.Overview;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.AspNetCore.Dashboard;

/// <summary>Collects what the page shows. However many pages ask, each source is read at most once in its time.</summary>
internal sealed class DashboardFeed
{
    /// <summary>How often Telegram is asked, and what is kept is counted.</summary>
    private static readonly TimeSpan SlowInterval = TimeSpan.FromSeconds(5);

    private readonly AzkerBot _bot;
    private readonly bool _needsKey;
    private readonly StatusReader _status;
    private readonly ReceiverTimeline _timeline;
    private readonly SingleFlight<SlowStatus> _slow;
    private readonly SingleFlight<DashboardReport> _report;
    private volatile SlowStatus? _lastSlow;
    private long? _epoch;

    public DashboardFeed(AzkerBot bot, bool needsKey)
    {
        (_bot, _needsKey) = (bot, needsKey);
        _status = bot.Receiver.GetRequiredService<StatusReader>();
        _timeline = bot.Receiver.GetRequiredService<ReceiverTimeline>();
        TimeProvider time = bot.Receiver.GetRequiredService<TimeProvider>();
        _slow = new SingleFlight<SlowStatus>(_status.ReadSlowAsync, SlowInterval, time);
        // A read of a storage account costs money and time; a read of a file does not.
        _report = new SingleFlight<DashboardReport>(CollectAsync, TimeSpan.FromSeconds(bot.Options.Storage.IsConfigured ? 1 : 0.2), time);
    }

    public Task<DashboardReport> ReadAsync(CancellationToken cancellationToken) => _report.GetAsync(cancellationToken);

    /// <summary>Makes the next report count again, after a replay.</summary>
    public void Forget()
    {
        _lastSlow = null;
        _slow.Forget();
        _report.Forget();
    }

    private async Task<DashboardReport> CollectAsync(CancellationToken cancellationToken)
    {
        StatusReport status = await _status.ReadAsync(await SlowAsync(cancellationToken), cancellationToken);
        if (_epoch != status.Lock.Holder?.Epoch)
        {
            // The receiver has changed, and perhaps the webhook with it.
            _epoch = status.Lock.Holder?.Epoch;
            _slow.Forget();
        }

        InstanceRecord[] alive = [.. status.Instances.Where(instance => !instance.IsLate).Select(instance => instance.Record)];
        return new DashboardReport(
            Assembly.GetEntryAssembly()?.GetName().Name ?? "this program",
            _bot.Handlers.Count,
            _needsKey,
            Math.Round(alive.Sum(instance => instance.PerMinute), 1),
            alive.Average(instance => instance.HandlerSeconds),
            status,
            await TimelineAsync(status, cancellationToken));
    }

    /// <summary>A takeover is shown at once, also while Telegram does not answer: the last answer serves until the next one is there.</summary>
    private async Task<SlowStatus> SlowAsync(CancellationToken cancellationToken)
    {
        Task<SlowStatus> reading = _slow.GetAsync(cancellationToken);
        return _lastSlow is { } last && !reading.IsCompleted ? last : _lastSlow = await reading;
    }

    private async Task<IReadOnlyList<TimelineSegment>> TimelineAsync(StatusReport status, CancellationToken cancellationToken)
    {
        try
        {
            return await _timeline.ReadAsync(status, cancellationToken);
        }
        catch (IOException)
        {
            // The status has the fault of the storage.
            return [];
        }
    }
}
