using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Azker.Core.Instances;

/// <summary>Keeps small records as blobs <c>{folder}/{bot id}/{name}.json</c> in <c>LOCK_CONTAINER</c>.</summary>
internal sealed class RecordBlobs<T>(BlobServiceClient service, AzkerOptions options, TimeProvider timeProvider, string folder, JsonTypeInfo<T> json)
    where T : class
{
    private const string Suffix = ".json";

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(options.Lock.Container);
    private readonly string _prefix = FormattableString.Invariant($"{folder}/{options.Bot.Token.BotId}/");

    public Task WriteAsync(string name, T record, CancellationToken cancellationToken)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(record, json);
        return CallAsync(token => BlobOf(name).UploadAsync(new BinaryData(content), overwrite: true, token), cancellationToken);
    }

    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken) =>
        await CallAsync(ReadNamesAsync, cancellationToken) ?? [];

    /// <returns>The record; <see langword="null"/> when it does not exist or is not valid.</returns>
    public async Task<T?> FindAsync(string name, CancellationToken cancellationToken) =>
        await CallAsync(BlobOf(name).DownloadContentAsync, cancellationToken) is { } blob ? Parse(blob.Value.Content) : null;

    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        CallAsync(token => BlobOf(name).DeleteIfExistsAsync(cancellationToken: token), cancellationToken);

    private BlobClient BlobOf(string name) => _container.GetBlobClient($"{_prefix}{name}{Suffix}");

    private async Task<List<string>> ReadNamesAsync(CancellationToken cancellationToken) =>
        await _container.GetBlobsAsync(new GetBlobsOptions { Prefix = _prefix }, cancellationToken)
            .Select(blob => blob.Name[_prefix.Length..])
            .Where(name => name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[..^Suffix.Length])
            .ToListAsync(cancellationToken);

    /// <returns>The result; the default value when the blob or the container does not exist.</returns>
    private async Task<TResult?> CallAsync<TResult>(Func<CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        StorageAnswer<TResult> answer = await StorageCall.RunAsync(call, options.Lock.AttemptTimeout, timeProvider, cancellationToken);
        return answer.Fault switch
        {
            null => answer.Value,
            { Status: 404 } => default,
            { } fault => throw new IOException($"the storage service: {fault.Evidence}", fault.Cause),
        };
    }

    private T? Parse(BinaryData content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
