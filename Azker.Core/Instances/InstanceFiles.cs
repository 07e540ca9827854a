using System.Runtime.CompilerServices;
using Azker.Core.Configuration;

namespace Azker.Core.Instances;

/// <summary>Keeps each record as a file <c>{DATA_DIR}/instances/{bot id}/{instance}.json</c>.</summary>
internal sealed class InstanceFiles(AzkerOptions options) : IInstanceRecordStore
{
    private readonly RecordFiles<InstanceRecord> _files = new(options, "instances", InstanceJsonContext.Default.InstanceRecord);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public Task WriteAsync(InstanceRecord record, CancellationToken cancellationToken) => _files.WriteAsync(record.Instance, record);

    public async IAsyncEnumerable<InstanceRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string name in await _files.ListNamesAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_files.Find(name) is { } record)
            {
                yield return record;
            }
        }
    }

    public Task RemoveAsync(string instance, CancellationToken cancellationToken) => _files.RemoveAsync(instance);
}
