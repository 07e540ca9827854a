using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Keeps the receiver record in a blob beside the lock's blob. The lock's blob describes the current holder; the settings of
/// the webhook have to outlive the holder. A holder that lost the lock without noticing cannot overwrite the record of a
/// later holder: for that it has to read the record, and then it sees the higher epoch.
/// </summary>
internal sealed class ReceiverRecordBlob(BlobServiceClient service, LockOptions options, TimeProvider timeProvider) : IReceiverRecordStore
{
    private const int Attempts = 3;

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
                throw new InstanceLockLostException($"the receiver record has epoch {current.Epoch}, and this instance has the older epoch {record.Epoch}");
            }

            if (await TryWriteAsync(json, etag, cancellationToken))
            {
                return;
            }

            if (attempt == Attempts)
            {
                throw new IOException($"Other instances changed the receiver record during each of {Attempts} attempts to write it.");
            }
        }
    }

    private async Task<(ReceiverRecord? Record, ETag? ETag)> FindAsync(CancellationToken cancellationToken)
    {
        StorageAnswer<Response<BlobDownloadResult>> answer = await CallAsync(_blob.DownloadContentAsync, cancellationToken, 404);
        return answer.Fault is null ? (Parse(answer.Value.Value.Content), answer.Value.Value.Details.ETag) : (null, null);
    }

    /// <returns>Whether the record was unchanged, so that it was written.</returns>
    private async Task<bool> TryWriteAsync(byte[] json, ETag? unchanged, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            Conditions = unchanged is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
        };
        return (await CallAsync(token => _blob.UploadAsync(new BinaryData(json), options, token), cancellationToken, 409, 412)).Fault is null;
    }

    /// <returns>The result, or a refusal with one of the expected HTTP statuses.</returns>
    private async Task<StorageAnswer<T>> CallAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, params int[] expected)
    {
        StorageAnswer<T> answer = await StorageCall.RunAsync(call, options.AttemptTimeout, timeProvider, cancellationToken);
        return answer.Fault is { } fault && !expected.Contains(fault.Status ?? 0) ? throw new IOException($"the storage service: {fault.Evidence}", fault.Cause) : answer;
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
