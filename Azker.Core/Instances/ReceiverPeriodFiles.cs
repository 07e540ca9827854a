using Azker.Core.Configuration;

namespace Azker.Core.Instances;

/// <summary>Keeps each period as a file <c>{DATA_DIR}/periods/{bot id}/{name}.json</c>.</summary>
internal sealed class ReceiverPeriodFiles(AzkerOptions options) : IReceiverPeriodStore
{
    private readonly RecordFiles<ReceiverPeriod> _files = new(options, "periods", ReceiverPeriodJsonContext.Default.ReceiverPeriod);

    public Task WriteAsync(ReceiverPeriod period, CancellationToken cancellationToken) => _files.WriteAsync(period.Name, period);

    public Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken) => _files.ListNamesAsync();

    public Task<ReceiverPeriod?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_files.Find(name));

    public Task RemoveAsync(string name, CancellationToken cancellationToken) => _files.RemoveAsync(name);
}
