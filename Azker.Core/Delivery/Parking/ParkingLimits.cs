namespace Azker.Core.Delivery.Parking;

/// <summary>Whether and how updates can be parked by a host.</summary>
/// <param name="IsPossible">Whether there is a durable place: not on Azure Functions without a storage account.</param>
/// <param name="OutlivesRequests">
/// Whether work may go on after the request that brought its update has ended: not on Azure Functions, where a trigger brings a
/// parked update back.
/// </param>
internal sealed record ParkingLimits(bool IsPossible = true, bool OutlivesRequests = true)
{
    /// <summary>The most parked updates that an instance has to handle. More updates stay with Telegram: they are in memory too.</summary>
    public int Max { get; init; } = 10_000;

    /// <summary>
    /// How long a request may run where work cannot outlive it: below the 60 s that Telegram waits for an answer, with the time
    /// that a handler has to end after its cancellation.
    /// </summary>
    public TimeSpan MaxRequestTime { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>
    /// How long a run that goes on with parked updates begins further attempts, where work cannot outlive the run. Later attempts are
    /// left to the next run, so that the host does not end a run within an attempt.
    /// </summary>
    public TimeSpan LatestBegin { get; init; } = TimeSpan.FromSeconds(60);
}
