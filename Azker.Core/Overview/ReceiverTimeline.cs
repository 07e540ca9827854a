using System.Collections.Concurrent;
using Azker.Core.Instances;

namespace Azker.Core.Overview;

/// <summary>Concludes which instance received when within the last day, from the periods that the instances wrote.</summary>
internal sealed class ReceiverTimeline(IReceiverPeriodStore store)
{
    /// <summary>The periods that have ended, which no instance writes again.</summary>
    private readonly ConcurrentDictionary<string, ReceiverPeriod> _ended = [];

    /// <summary>Reads the timeline, the oldest segment first.</summary>
    /// <param name="report">The status.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The periods cannot be listed.</exception>
    public async Task<IReadOnlyList<TimelineSegment>> ReadAsync(StatusReport report, CancellationToken cancellationToken)
    {
        List<ReceiverPeriod> periods = [];
        IReadOnlyList<string> names = await store.ListNamesAsync(cancellationToken);
        foreach (string name in names.Order(StringComparer.Ordinal))
        {
            if (await FindAsync(name, cancellationToken) is { } period)
            {
                periods.Add(period);
            }
        }

        foreach (string gone in _ended.Keys.Except(names))
        {
            _ended.TryRemove(gone, out _);
        }

        return Join(periods, report.Receiver, report.Instances);
    }

    /// <summary>Finds the end of each period. An instance that was killed has written none.</summary>
    /// <param name="periods">The periods, the oldest first.</param>
    /// <param name="receiver">The receiver of now.</param>
    /// <param name="instances">The last signs of life.</param>
    internal static IReadOnlyList<TimelineSegment> Join(
        IReadOnlyList<ReceiverPeriod> periods, ReceiverReport? receiver, IReadOnlyList<InstanceReport> instances)
    {
        List<TimelineSegment> segments = [.. periods.Select((period, index) => Segment(period, periods.Skip(index + 1), instances))];
        if (receiver is { Mode: ReceiverFinder.Pushing, Host: null, Since: { } since } && !segments.Exists(segment => segment is { Mode: ReceiverFinder.Pushing, Until: null }))
        {
            segments.Add(new TimelineSegment(null, null, receiver.Mode, since, Until: null, IsBroken: false));
        }

        return segments;
    }

    private static TimelineSegment Segment(ReceiverPeriod period, IEnumerable<ReceiverPeriod> later, IReadOnlyList<InstanceReport> instances)
    {
        DateTimeOffset? until = period.Until ?? LastSignOf(period, instances);
        bool isBroken = period.Until is null && until is not null;
        if (later.FirstOrDefault(each => Replaces(each, period)) is { } successor && (until is null || successor.Since < until))
        {
            (until, isBroken) = (successor.Since, period.Until is null);
        }

        return new TimelineSegment(period.Host, period.Pid, period.Mode, period.Since, until, isBroken);
    }

    /// <summary>Several instances may serve one webhook. Otherwise only one instance receives.</summary>
    private static bool Replaces(ReceiverPeriod later, ReceiverPeriod period) =>
        later.Instance != period.Instance && (later.Mode != ReceiverFinder.Pushing || period.Mode != ReceiverFinder.Pushing);

    /// <returns><see langword="null"/> while the instance gives signs of life.</returns>
    private static DateTimeOffset? LastSignOf(ReceiverPeriod period, IReadOnlyList<InstanceReport> instances) =>
        instances.FirstOrDefault(instance => instance.Record.Instance == period.Instance) switch
        {
            null => period.Since,
            { IsLate: false } => null,
            { Record.At: var at } => at > period.Since ? at : period.Since,
        };

    private async Task<ReceiverPeriod?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_ended.TryGetValue(name, out ReceiverPeriod? known))
        {
            return known;
        }

        ReceiverPeriod? period = await store.FindAsync(name, cancellationToken);
        if (period?.Until is not null)
        {
            _ended[name] = period;
        }

        return period;
    }
}
