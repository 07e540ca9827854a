using Azker.Core.Delivery.Parking;

namespace Azker.Simulation.Rules;

/// <summary>A store that stores an update some time after it has said so.</summary>
internal sealed class LateStore(IParkedUpdateStore inner, TimeProvider timeProvider) : IParkedUpdateStore
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    public string Location => inner.Location;

    public Task AddAsync(ParkedUpdate update, CancellationToken cancellationToken) => Later(() => inner.AddAsync(update, CancellationToken.None));

    public Task WriteAsync(ParkedUpdate update, CancellationToken cancellationToken) => Later(() => inner.WriteAsync(update, CancellationToken.None));

    public IAsyncEnumerable<ParkedUpdate> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public IAsyncEnumerable<int> ListIdsAsync(CancellationToken cancellationToken) => inner.ListIdsAsync(cancellationToken);

    public Task<ParkedUpdate?> FindAsync(int updateId, CancellationToken cancellationToken) => inner.FindAsync(updateId, cancellationToken);

    public Task RemoveAsync(int updateId, CancellationToken cancellationToken) => inner.RemoveAsync(updateId, cancellationToken);

    private Task Later(Func<Task> write)
    {
        _ = WriteLaterAsync(write);
        return Task.CompletedTask;
    }

    private async Task WriteLaterAsync(Func<Task> write)
    {
        await Task.Delay(Delay, timeProvider, CancellationToken.None);
        try
        {
            await write();
        }
        catch (ParkingException)
        {
            // The update is not stored, as after a crash.
        }
    }
}
