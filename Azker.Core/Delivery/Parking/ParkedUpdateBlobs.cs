using System.Globalization;
using System.Runtime.CompilerServices;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Blobs;
using Azker.Core.Infrastructure;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Delivery.Parking;

/// <summary>Stores each parked update as a blob <c>parked/{bot id}/{update_id}.json</c> in <c>LOCK_CONTAINER</c>.</summary>
internal sealed class ParkedUpdateBlobs(
    [FromKeyedServices(DataBlobs.ServiceKey)] BlobServiceClient service, AzkerOptions options, TimeProvider timeProvider) : IParkedUpdateStore
{
    private const string Suffix = ".json";

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(options.Lock.Container);
    private readonly string _prefix = FormattableString.Invariant($"parked/{options.Bot.Token.BotId}/");

    public string Location => $"{_prefix} in container {_container.Name} of {_container.AccountName}";

    public Task AddAsync(ParkedUpdate update, CancellationToken cancellationToken) =>
        WriteAsync(update, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    public Task WriteAsync(ParkedUpdate update, CancellationToken cancellationToken) => WriteAsync(update, conditions: null, cancellationToken);

    public async IAsyncEnumerable<ParkedUpdate> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (int updateId in ListIdsAsync(cancellationToken))
        {
            if (await FindAsync(updateId, cancellationToken) is { } update)
            {
                yield return update;
            }
        }
    }

    public async IAsyncEnumerable<int> ListIdsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AsyncPageable<BlobItem> blobs = _container.GetBlobsAsync(new GetBlobsOptions { Prefix = _prefix }, CancellationToken.None);
        // The enumerator owns no resource, and refuses to be disposed while it waits for a page after a timeout.
        IAsyncEnumerator<BlobItem> each = blobs.GetAsyncEnumerator(cancellationToken);
        while (await IfThereAsync(async _ => await each.MoveNextAsync(), cancellationToken))
        {
            // Another program may have put a blob of any name there.
            string name = each.Current.Name[_prefix.Length..];
            if (name.EndsWith(Suffix, StringComparison.Ordinal) && int.TryParse(name.AsSpan()[..^Suffix.Length], CultureInfo.InvariantCulture, out int updateId))
            {
                yield return updateId;
            }
        }
    }

    public async Task<ParkedUpdate?> FindAsync(int updateId, CancellationToken cancellationToken)
    {
        Response<BlobDownloadResult>? blob = await IfThereAsync(
            async token => (Response<BlobDownloadResult>?)await BlobOf(updateId).DownloadContentAsync(token), cancellationToken);
        if (blob is null)
        {
            return null;
        }

        ParkedUpdate update = ParkedUpdate.Parse(updateId, blob.Value.Content.ToMemory());
        return blob.GetRawResponse().Headers.Date is { } date ? update.StoredBefore(date - blob.Value.Details.LastModified, timeProvider.GetUtcNow()) : update;
    }

    public Task RemoveAsync(int updateId, CancellationToken cancellationToken) => IfThereAsync(
        async token => (await BlobOf(updateId).DeleteAsync(cancellationToken: token)).Status, cancellationToken);

    private async Task WriteAsync(ParkedUpdate update, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        var upload = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" }, Conditions = conditions };
        var content = new BinaryData(update.ToBytes());
        Task<Response<BlobContentInfo>> UploadAsync(CancellationToken token) => BlobOf(update.UpdateId).UploadAsync(content, upload, token);

        if (Is((await CallAsync(UploadAsync, cancellationToken, BlobErrorCode.ContainerNotFound, BlobErrorCode.BlobAlreadyExists)).Fault, BlobErrorCode.ContainerNotFound))
        {
            await CallAsync(async token => await _container.CreateIfNotExistsAsync(cancellationToken: token), cancellationToken);
            await CallAsync(UploadAsync, cancellationToken, BlobErrorCode.BlobAlreadyExists);
        }
    }

    private BlobClient BlobOf(int updateId) => _container.GetBlobClient(_prefix + updateId.ToString(CultureInfo.InvariantCulture) + Suffix);

    /// <returns>The result; the default when the blob or the container does not exist.</returns>
    private async Task<T?> IfThereAsync<T>(Func<CancellationToken, Task<T?>> call, CancellationToken cancellationToken) =>
        (await CallAsync(call, cancellationToken, BlobErrorCode.BlobNotFound, BlobErrorCode.ContainerNotFound)).Value;

    /// <returns>The result, or one of the expected refusals.</returns>
    private async Task<StorageAnswer<T>> CallAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, params BlobErrorCode[] expected)
    {
        StorageAnswer<T> answer = await StorageCall.RunAsync(call, DataBlobs.CallTimeout, timeProvider, cancellationToken);
        return answer.Fault is not { } fault || expected.Any(code => Is(fault, code)) ? answer : throw new ParkingException(
            $"The parked updates in {Location} cannot be read or written: {fault.Evidence}. "
            + "Check that the storage account can be reached, and the permissions there: to read, write and delete blobs.", fault.Cause);
    }

    private static bool Is(StorageFault? fault, BlobErrorCode code) => fault is not null && fault.ErrorCode == code;
}
