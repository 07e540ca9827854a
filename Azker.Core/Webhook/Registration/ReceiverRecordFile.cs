using System.Globalization;
using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;

namespace Azker.Core.Webhook.Registration;

/// <summary>Keeps the receiver record of a local run in <c>{DATA_DIR}/receiver-{bot id}.json</c>.</summary>
internal sealed class ReceiverRecordFile(AzkerOptions options) : IReceiverRecordStore
{
    private readonly string _path = Path.Combine(
        options.Storage.DataDirectory, string.Create(CultureInfo.InvariantCulture, $"receiver-{options.Bot.Token.BotId}.json"));

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
        Directory.CreateDirectory(options.Storage.DataDirectory);
        AtomicFile.RemoveLeftovers(_path);
        AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(record, ReceiverRecordJsonContext.Default.ReceiverRecord));
        return Task.CompletedTask;
    }
}
