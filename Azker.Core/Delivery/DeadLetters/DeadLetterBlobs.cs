using System.Runtime.CompilerServices;
using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Blobs;
using Azker.Core.Infrastructure;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>
/// Keeps each dead letter as one blob, <c>dead-letters/{bot id}/{id}.json</c>: the raw JSON as its content and the reason
/// as its metadata, so that one call writes or lists both.
/// </summary>
internal sealed class DeadLetterBlobs(
    [FromKeyedServices(DataBlobs.ServiceKey)] BlobServiceClient service, AzkerOptions options, TimeProvider timeProvider) : IDeadLetterStore
{
    private const string Suffix = ".json";
    private const string Reason = "letter";

    /// <summary>The longest time of a call that carries no update.</summary>
    private static readonly TimeSpan ShortCallTimeout = TimeSpan.FromSeconds(10);

    private static readonly DeadLetterJsonContext Compact = new(new JsonSerializerOptions(DeadLetterJsonContext.Default.Options) { WriteIndented = false });

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(options.Lock.Container);
    private readonly string _prefix = FormattableString.Invariant($"dead-letters/{options.Bot.Token.BotId}/");

    public string Location => $"container {_container.Name} of {_container.AccountName}";

    public string LocationOf(string id) => $"blob {NameOf(id)} in {Location}";

    public async Task<bool> AddAsync(string id, ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken)
    {
        StorageFault? fault = await UploadAsync(id, raw, letter, cancellationToken, BlobErrorCode.BlobAlreadyExists, BlobErrorCode.ContainerNotFound);
        if (Is(fault, BlobErrorCode.ContainerNotFound))
        {
            await CallAsync(async token => await _container.CreateIfNotExistsAsync(cancellationToken: token), ShortCallTimeout, cancellationToken);
            fault = await UploadAsync(id, raw, letter, cancellationToken, BlobErrorCode.BlobAlreadyExists);
        }

        return fault is null;
    }

    public async IAsyncEnumerable<StoredDeadLetter> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in ListAsync(BlobTraits.Metadata, cancellationToken))
        {
            yield return new StoredDeadLetter(
                blob.Name[_prefix.Length..^Suffix.Length],
                Parse(blob.Metadata) ?? DeadLetter.WithoutReason(blob.Properties.CreatedOn ?? DateTimeOffset.UnixEpoch));
        }
    }

    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (BlobItem _ in ListAsync(BlobTraits.None, cancellationToken))
        {
            count++;
        }

        return count;
    }

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string id, CancellationToken cancellationToken) => IfThereAsync(
        async token => (ReadOnlyMemory<byte>?)(await BlobOf(id).DownloadContentAsync(token)).Value.Content.ToMemory(), DataBlobs.CallTimeout, cancellationToken);

    public Task UpdateAsync(string id, DeadLetter letter, CancellationToken cancellationToken) => IfThereAsync(
        async token => (await BlobOf(id).SetMetadataAsync(ToMetadata(letter), cancellationToken: token)).HasValue, ShortCallTimeout, cancellationToken);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => IfThereAsync(
        async token => (await BlobOf(id).DeleteAsync(cancellationToken: token)).Status != 0, ShortCallTimeout, cancellationToken);

    private async IAsyncEnumerable<BlobItem> ListAsync(BlobTraits traits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AsyncPageable<BlobItem> blobs = _container.GetBlobsAsync(new GetBlobsOptions { Traits = traits, Prefix = _prefix }, CancellationToken.None);
        // The enumerator owns no resource, and refuses to be disposed while it waits for a page after a timeout.
        IAsyncEnumerator<BlobItem> each = blobs.GetAsyncEnumerator(cancellationToken);
        while (await IfThereAsync(async _ => await each.MoveNextAsync(), ShortCallTimeout, cancellationToken))
        {
            // Another program may have put a blob of any name there.
            if (each.Current.Name.AsSpan(_prefix.Length).EndsWith(Suffix))
            {
                yield return each.Current;
            }
        }
    }

    private string NameOf(string id) => _prefix + id + Suffix;

    private BlobClient BlobOf(string id) => _container.GetBlobClient(NameOf(id));

    private async Task<StorageFault?> UploadAsync(
        string id, ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken, params BlobErrorCode[] expected)
    {
        var upload = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Metadata = ToMetadata(letter),
        };
        return (await CallAsync(token => BlobOf(id).UploadAsync(new BinaryData(raw), upload, token), DataBlobs.CallTimeout, cancellationToken, expected)).Fault;
    }

    /// <summary>
    /// Metadata is sent as headers, and the signature counts a run of spaces as one space (Blob service, Authorize with Shared
    /// Key). The serializer escapes the other characters that a header cannot contain.
    /// </summary>
    private static Dictionary<string, string> ToMetadata(DeadLetter letter) => new()
    {
        [Reason] = JsonSerializer.Serialize(letter, Compact.DeadLetter).Replace("  ", @" \u0020", StringComparison.Ordinal),
    };

    private static DeadLetter? Parse(IDictionary<string, string> metadata)
    {
        try
        {
            return metadata.TryGetValue(Reason, out string? json) ? JsonSerializer.Deserialize(json, Compact.DeadLetter) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>The result; the default when the blob or the container does not exist.</returns>
    private async Task<T?> IfThereAsync<T>(Func<CancellationToken, Task<T?>> call, TimeSpan limit, CancellationToken cancellationToken) =>
        (await CallAsync(call, limit, cancellationToken, BlobErrorCode.BlobNotFound, BlobErrorCode.ContainerNotFound)).Value;

    /// <returns>The result, or one of the expected refusals.</returns>
    private async Task<StorageAnswer<T>> CallAsync<T>(
        Func<CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken cancellationToken, params BlobErrorCode[] expected)
    {
        StorageAnswer<T> answer = await StorageCall.RunAsync(call, limit, timeProvider, cancellationToken);
        return answer.Fault is not { } fault || expected.Any(code => Is(fault, code)) ? answer : throw new DeadLetterException(
            $"The dead letters in {Location} cannot be read or written: {fault.Evidence}. "
            + "Check that the storage account can be reached, and the permissions there: to read, write and delete blobs.", fault.Cause);
    }

    private static bool Is(StorageFault? fault, BlobErrorCode code) => fault is not null && fault.ErrorCode == code;
}
