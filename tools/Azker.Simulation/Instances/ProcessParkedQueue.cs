using Azker.Core.Delivery.Parking;
using Azker.Simulation.Network;
using Azker.Simulation.Storage;

namespace Azker.Simulation.Instances;

/// <summary>The queue of parked updates, as one process reaches it.</summary>
internal sealed class ProcessParkedQueue(ParkedQueue queue, InstanceProcess process, Line line) : IParkedUpdateQueue
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    public bool IsUsable { get; private set; } = true;

    public async Task PutAsync(int updateId, TimeSpan delay)
    {
        using var limit = new CancellationTokenSource(CallTimeout, process.Clock);
        try
        {
            await new Exchange<bool>(process.Thread, line).SendAsync(exchange => Take(exchange, updateId, delay), limit.Token);
            IsUsable = true;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            IsUsable = false;
        }
    }

    private void Take(Exchange<bool> exchange, int updateId, TimeSpan delay)
    {
        if (line.IsFailing)
        {
            exchange.Fail(new HttpRequestException("503 Server Busy"));
            return;
        }

        queue.Put(updateId, delay);
        exchange.Answer(true);
    }
}
