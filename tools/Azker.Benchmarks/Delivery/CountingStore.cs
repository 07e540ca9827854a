using Azker.Core.Delivery.Parking;

namespace Azker.Benchmarks.Delivery;

/// <summary>A store of parked updates that is empty and counts its calls: an update that is handled at once must cost none.</summary>
internal sealed class CountingStore : IParkedUpdateStore
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public string Location => "memory";

    public Task AddAsync(ParkedUpdate update, CancellationToken cancellationToken) => CountAsync();

    public Task WriteAsync(ParkedUpdate update, CancellationToken cancellationToken) => CountAsync();

    public IAsyncEnumerable<ParkedUpdate> ListAsync(CancellationToken cancellationToken) => Count(AsyncEnumerable.Empty<ParkedUpdate>());

    public IAsyncEnumerable<int> ListIdsAsync(CancellationToken cancellationToken) => Count(AsyncEnumerable.Empty<int>());

    public Task<ParkedUpdate?> FindAsync(int updateId, CancellationToken cancellationToken) => Count(Task.FromResult<ParkedUpdate?>(null));

    public Task RemoveAsync(int updateId, CancellationToken cancellationToken) => CountAsync();

    private Task CountAsync() => Count(Task.CompletedTask);

    private T Count<T>(T answer)
    {
        Interlocked.Increment(ref _calls);
        return answer;
    }
}
