namespace Azker.Core.Delivery.Parking;

/// <summary>The queue of a host that needs none, or has none.</summary>
internal sealed class NoParkedUpdateQueue : IParkedUpdateQueue
{
    public bool IsUsable => false;

    public Task PutAsync(int updateId, TimeSpan delay) => Task.CompletedTask;
}
