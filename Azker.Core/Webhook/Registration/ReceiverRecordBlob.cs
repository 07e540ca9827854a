using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Keeps the receiver record in a blob beside the lock's. The lock's own blob tells of whoever holds it now; what the
/// webhook was last set to has to outlive that. A holder that lost the lock unnoticed cannot write over a later one's
/// record: it would have to know what that one wrote, and then sees its higher epoch.
/// </summary>
internal sealed class ReceiverRecordBlob(BlobServiceClient service, LockOptions options, TimeProvider timeProvider) : IReceiverRecordStore
{
    private const int Tries = 3;

    private readonly BlobClient _blob = service.GetBlobContainerClient(options.Container).GetBlobClient($"{options.Name}.receiver");

    public async Task<ReceiverRecord?> ReadAsync(CancellationToken cancellationToken) => (await FindAsync(cancellationToken)).Record;

    public async Task WriteAsync(ReceiverRecord record, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(record, ReceiverRecordJsonContext.Default.ReceiverRecord);
        for (int attempt = 1; ; attempt++)
        {
            (ReceiverRecord? current, ETag? etag) = await FindAsync(cancellationToken);
            if (current?.Epoch > record.Epoch)
            {
                throw new InstanceLockLostException($"the receiver record is of epoch {current.Epoch}, later than ours, {record.Epoch}");
            }

            if (await TryWriteAsync(json, etag, cancellationToken))
            {
                return;
            }

            if (attempt == Tries)
            {
                throw new IOException($"Others wrote the receiver record {Tries} times meanwhile.");
            }
        }
    }

    private Task<(ReceiverRecord? Record, ETag? ETag)> FindAsync(CancellationToken cancellationToken) => CallAsync<(ReceiverRecord?, ETag?)>(
        async token =>
        {
            try
            {
                BlobDownloadResult found = await _blob.DownloadContentAsync(token);
                return (Parse(found.Content), found.Details.ETag);
            }
            catch (RequestFailedException error) when (error.Status == 404)
            {
                return (null, null);
            }
        },
        cancellationToken);

    /// <returns>Whether nobody wrote since.</returns>
    private Task<bool> TryWriteAsync(byte[] json, ETag? unchanged, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            var conditions = unchanged is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All };
            try
            {
                await _blob.UploadAsync(
                    new BinaryData(json),
                    new BlobUploadOptions { Conditions = conditions, HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } },
                    token);
                return true;
            }
            catch (RequestFailedException error) when (error.Status is 409 or 412)
            {
                return false;
            }
        },
        cancellationToken);

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await Deadline.RunAsync(call, "The storage service", options.AttemptTimeout, timeProvider, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && error is not InstanceLockException)
        {
            throw new IOException($"the storage service: {BlobLeaseFault.From(error).Evidence}", error);
        }
    }

    private static ReceiverRecord? Parse(BinaryData content)
    {
        try
        {
            return content.ToMemory().IsEmpty ? null : JsonSerializer.Deserialize(content, ReceiverRecordJsonContext.Default.ReceiverRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
