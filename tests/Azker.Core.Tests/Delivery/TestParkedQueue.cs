using System.Collections.Concurrent;
using Azker.Core.Delivery.Parking;

namespace Azker.Core.Tests.Delivery;

/// <summary>Keeps the messages that are put on the queue of parked updates.</summary>
internal sealed class TestParkedQueue : IParkedUpdateQueue
{
    private readonly ConcurrentQueue<(int UpdateId, TimeSpan Delay)> _messages = new();

    public bool IsUsable { get; set; } = true;

    public IReadOnlyList<int> Ids => [.. _messages.Select(message => message.UpdateId)];

    public Task PutAsync(int updateId, TimeSpan delay)
    {
        _messages.Enqueue((updateId, delay));
        return Task.CompletedTask;
    }

    /// <summary>Takes the oldest message.</summary>
    public (int UpdateId, TimeSpan Delay) Take() => _messages.TryDequeue(out (int, TimeSpan) message) ? message : throw new InvalidOperationException("The queue is empty.");
}
