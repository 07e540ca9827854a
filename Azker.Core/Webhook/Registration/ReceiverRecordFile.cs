using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;

namespace Azker.Core.Webhook.Registration;

/// <summary>Keeps the receiver record of a local run in <c>{DATA_DIR}/receiver.json</c>.</summary>
internal sealed class ReceiverRecordFile(StorageOptions options) : IReceiverRecordStore
{
    private readonly string _path = Path.Combine(options.DataDirectory, "receiver.json");

    public async Task<ReceiverRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            byte[] json = await File.ReadAllBytesAsync(_path, cancellationToken);
            return JsonSerializer.Deserialize(json, ReceiverRecordJsonContext.Default.ReceiverRecord);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public Task WriteAsync(ReceiverRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(options.DataDirectory);
        AtomicFile.RemoveLeftovers(_path);
        AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(record, ReceiverRecordJsonContext.Default.ReceiverRecord));
        return Task.CompletedTask;
    }
}
