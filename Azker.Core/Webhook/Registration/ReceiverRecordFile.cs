using System.Text.Json;
using Azker.Core.Configuration;

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

    public async Task WriteAsync(ReceiverRecord record, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataDirectory);
        string temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, JsonSerializer.SerializeToUtf8Bytes(record, ReceiverRecordJsonContext.Default.ReceiverRecord), cancellationToken);
            File.Move(temporary, _path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
