namespace Azker.Core.Delivery.Parking;

/// <summary>Brings parked updates back to a host on which work cannot outlive its request. It carries ids, not updates.</summary>
internal interface IParkedUpdateQueue
{
    /// <summary>Whether the queue brings updates back. Otherwise a timer of the host goes on with them.</summary>
    bool IsUsable { get; }

    /// <summary>Brings an update back after a delay. A fault is logged and not thrown: the timer goes on with the update.</summary>
    Task PutAsync(int updateId, TimeSpan delay);
}
