using System.Collections.Concurrent;
using System.Diagnostics;
using Azker.Core.Telemetry;

namespace Azker.Core.Tests.Telemetry;

/// <summary>Listens to the spans that follow from what the test does; other tests run at the same time.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private static readonly AsyncLocal<SpanRecorder?> Current = new();

    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        Current.Value = this;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == AzkerTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => Current.Value == this ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (Current.Value == this)
                {
                    _ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The ended spans, the first ended first.</summary>
    public IReadOnlyList<Activity> Spans => [.. _ended];

    public IReadOnlyList<Activity> Named(string name) => [.. _ended.Where(span => span.OperationName == name)];

    /// <summary>The names of the ended children of a span.</summary>
    public IReadOnlyList<string> ChildrenOf(Activity span) =>
        [.. _ended.Where(child => child.ParentSpanId == span.SpanId && child.TraceId == span.TraceId).OrderBy(child => child.StartTimeUtc).Select(child => child.OperationName)];

    public void Dispose()
    {
        _listener.Dispose();
        Current.Value = null;
    }
}
