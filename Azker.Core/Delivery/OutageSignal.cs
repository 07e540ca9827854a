namespace Azker.Core.Delivery;

/// <summary>
/// Ends the waiting of all updates that failed by an outage, when the first of them succeeds: they wait for the same dependency.
/// </summary>
#pragma warning disable CA1001 // The token source has no timer to free; a wait that outlasts the container still uses its token.
internal sealed class OutageSignal
{
    private CancellationTokenSource _recovered = new();

    /// <summary>Is cancelled by the next success of an update that had failed by an outage.</summary>
    public CancellationToken Recovered => Volatile.Read(ref _recovered).Token;

    /// <summary>An update has succeeded that had failed by an outage.</summary>
    public void Succeeded() => Interlocked.Exchange(ref _recovered, new CancellationTokenSource()).Cancel();
}
