using System.Runtime.CompilerServices;
using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Azker.Core.Instances;

/// <summary>Keeps each record as a blob <c>instances/{bot id}/{instance}.json</c> in <c>LOCK_CONTAINER</c>.</summary>
internal sealed class InstanceBlobs(BlobServiceClient service, AzkerOptions options, TimeProvider timeProvider) : IInstanceRecordStore
{
    private readonly BlobContainerClient _container = service.GetBlobContainerClient(options.Lock.Container);
    private readonly string _prefix = FormattableString.Invariant($"instances/{options.Bot.Token.BotId}/");

    /// <summary>For the price of 6,000 writes a day and instance.</summary>
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(15);

    public Task WriteAsync(InstanceRecord record, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(record, InstanceJsonContext.Default.InstanceRecord);
        return CallAsync(token => BlobOf(record.Instance).UploadAsync(new BinaryData(json), overwrite: true, token), cancellationToken);
    }

    public async IAsyncEnumerable<InstanceRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string name in await CallAsync(ListNamesAsync, cancellationToken) ?? [])
        {
            if (await CallAsync(_container.GetBlobClient(name).DownloadContentAsync, cancellationToken) is { } blob && Parse(blob.Value.Content) is { } record)
            {
                yield return record;
            }
        }
    }

    public Task RemoveAsync(string instance, CancellationToken cancellationToken) =>
        CallAsync(token => BlobOf(instance).DeleteIfExistsAsync(cancellationToken: token), cancellationToken);

    private BlobClient BlobOf(string instance) => _container.GetBlobClient($"{_prefix}{instance}.json");

    private async Task<List<string>> ListNamesAsync(CancellationToken cancellationToken) =>
        await _container.GetBlobsAsync(new GetBlobsOptions { Prefix = _prefix }, cancellationToken).Select(blob => blob.Name).ToListAsync(cancellationToken);

    /// <returns>The result; the default value when the blob or the container does not exist.</returns>
    private async Task<T?> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        StorageAnswer<T> answer = await StorageCall.RunAsync(call, options.Lock.AttemptTimeout, timeProvider, cancellationToken);
        return answer.Fault switch
        {
            null => answer.Value,
            { Status: 404 } => default,
            { } fault => throw new IOException($"the storage service: {fault.Evidence}", fault.Cause),
        };
    }

    private static InstanceRecord? Parse(BinaryData content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, InstanceJsonContext.Default.InstanceRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
