namespace Azker.Core.Delivery;

/// <summary>
/// Ends the waiting of all updates that failed by an outage, when the first of them succeeds: they wait for the same dependency.
/// </summary>
internal sealed class OutageSignal
{
    private volatile TaskCompletionSource _recovered = New();

    /// <summary>Ends with the next success of an update that had failed by an outage.</summary>
    public Task Recovered => _recovered.Task;

    /// <summary>An update has succeeded that had failed by an outage.</summary>
    public void Succeeded() => Interlocked.Exchange(ref _recovered, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
