using System.Runtime.CompilerServices;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Infrastructure;
using Azker.PollingFallback.Language;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Checks each right that the bot needs on its storage account, with a blob, a row and a message of its own.</summary>
internal sealed class StorageChecks(AzkerBot bot)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly StorageOptions _storage = bot.Options.Storage;
    private readonly string _name = $"doctor-{Guid.NewGuid():N}";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await CheckAsync("storage-blob", Texts.CheckBlobOk, Texts.FormatCheckRoleRemedy("Storage Blob Data Contributor"), UseBlobAsync, cancellationToken);
        yield return await CheckAsync("lock", Texts.CheckLeaseOk, Texts.FormatCheckRoleRemedy("Storage Blob Data Contributor"), LeaseBlobAsync, cancellationToken);
        if (bot.Options.Delivery.Ledger == UpdateLedgerKind.Table)
        {
            yield return await CheckAsync("storage-table", Texts.CheckTableOk, Texts.FormatCheckRoleRemedy("Storage Table Data Contributor"), UseTableAsync, cancellationToken);
        }

        if (_storage.ConnectionString is not null || _storage.QueueServiceUri is not null)
        {
            Finding queue = await CheckAsync("storage-queue", Texts.CheckQueueOk, Texts.FormatCheckRoleRemedy("Storage Queue Data Contributor"), UseQueueAsync, cancellationToken);
            // Only a Functions app uses the queue, and it goes on without.
            yield return queue.State == FindingState.Problem ? queue with { State = FindingState.Warning } : queue;
        }
    }

    private static async Task<Finding> CheckAsync(string check, string ok, string remedy, Func<CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        StorageAnswer<bool> answer = await StorageCall.RunAsync(
            async token =>
            {
                await use(token);
                return true;
            },
            Limit, TimeProvider.System, cancellationToken);
        return answer.Fault is { } fault ? Finding.Problem(check, Texts.FormatCheckStorageFault(fault.Evidence), remedy) : Finding.Ok(check, ok);
    }

    private async Task UseBlobAsync(CancellationToken cancellationToken)
    {
        BlobContainerClient container = bot.Receiver.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(bot.Options.Lock.Container);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        BlobClient blob = container.GetBlobClient(_name);
        await blob.UploadAsync(new BinaryData("check"), overwrite: true, cancellationToken);
        await blob.DownloadContentAsync(cancellationToken);
        await blob.DeleteAsync(cancellationToken: cancellationToken);
    }

    private async Task LeaseBlobAsync(CancellationToken cancellationToken)
    {
        BlobClient blob = bot.Receiver.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(bot.Options.Lock.Container).GetBlobClient(_name);
        await blob.UploadAsync(new BinaryData("check"), overwrite: true, cancellationToken);
        BlobLeaseClient lease = blob.GetBlobLeaseClient();
        await lease.AcquireAsync(bot.Options.Lock.LeaseDuration, cancellationToken: cancellationToken);
        await lease.RenewAsync(cancellationToken: cancellationToken);
        await lease.ReleaseAsync(cancellationToken: cancellationToken);
        await blob.DeleteAsync(cancellationToken: cancellationToken);
    }

    private async Task UseTableAsync(CancellationToken cancellationToken)
    {
        TableClient table = bot.Receiver.GetRequiredService<TableClient>();
        await table.CreateIfNotExistsAsync(cancellationToken);
        await table.UpsertEntityAsync(new TableEntity("doctor", _name), cancellationToken: cancellationToken);
        await table.DeleteEntityAsync("doctor", _name, cancellationToken: cancellationToken);
    }

    private async Task UseQueueAsync(CancellationToken cancellationToken)
    {
        QueueClientOptions options = new QueueClientOptions().WithoutRetries(Limit, _storage.Transport);
        QueueClient queue = _storage.ConnectionString is { } connection
            ? new QueueClient(connection, _name, options)
            : new QueueClient(new Uri($"{_storage.QueueServiceUri!.AbsoluteUri.TrimEnd('/')}/{_name}"), _storage.Identity, options);
        await queue.CreateAsync(cancellationToken: cancellationToken);
        await queue.SendMessageAsync("check", cancellationToken);
        await queue.DeleteAsync(cancellationToken);
    }
}
