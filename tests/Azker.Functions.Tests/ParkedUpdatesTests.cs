using System.Globalization;
using System.Text.Json.Nodes;
using Azker.Azurite;
using Azker.Functions.Tests.Shared;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Azker.Functions.Tests;

/// <summary>Parked updates through the published worker and a real storage service.</summary>
public sealed class ParkedUpdatesTests(ParkedUpdatesTests.Storage storage) : IClassFixture<ParkedUpdatesTests.Storage>
{
    private const string QueueFunction = "ParkedUpdatesQueue";
    private const string TimerFunction = "ParkedUpdatesTimer";
    private const string Queue = "azker-parked-123456";

    [Fact]
    public async Task An_update_of_a_background_handler_is_stored_confirmed_and_handled_when_its_message_comes()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(("AzureWebJobsStorage", storage.Server.ConnectionString));

        Assert.Equal(200, (await app.Post(FunctionsFixture.Text(100, "long"))).Status);
        Assert.Empty(Sent(app, 100));
        Assert.Equal(["parked/123456/100.json"], await ParkedAsync());
        await app.Host.QueueAsync(QueueFunction, await TakeAsync());

        Assert.Equal(["done"], Sent(app, 100));
        Assert.Empty(await ParkedAsync());
        Assert.Equal(200, (await app.Post(FunctionsFixture.Text(100, "long"))).Status);
        Assert.Equal(["done"], Sent(app, 100));
    }

    [Fact]
    public async Task A_later_update_of_the_chat_waits_behind_a_parked_update()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(("AzureWebJobsStorage", storage.Server.ConnectionString));
        string later = FunctionsFixture.Command(201, "/ping").Replace("\"chat\":{\"id\":201", "\"chat\":{\"id\":200", StringComparison.Ordinal);

        await app.Post(FunctionsFixture.Text(200, "long"));
        Assert.Equal(200, (await app.Post(later)).Status);
        Assert.Empty(Sent(app, 200));
        Assert.Equal(["200", "201"], [await TakeAsync(), await TakeAsync()]);
        await app.Host.QueueAsync(QueueFunction, "201");

        Assert.Equal(["done", "pong"], Sent(app, 200));
        await app.Host.QueueAsync(QueueFunction, "200");
        Assert.Equal(["done", "pong"], Sent(app, 200));
        Assert.Empty(await ParkedAsync());
    }

    [Fact]
    public async Task While_the_queue_cannot_be_used_the_timer_goes_on_with_parked_updates()
    {
        await using FunctionsFixture app = await FunctionsFixture.StartAsync(
            ("AzureWebJobsStorage", storage.Server.ConnectionStringTo(storage.Server.BlobPort, queuePort: 1)));

        Assert.Equal(200, (await app.Post(FunctionsFixture.Text(300, "long"))).Status);
        Assert.Contains(app.Host.Logs, line => line.Message.StartsWith($"The queue {Queue} cannot be used: ", StringComparison.Ordinal));
        await app.Host.TickAsync(TimerFunction);

        Assert.Equal(["done"], Sent(app, 300));
        Assert.Empty(await ParkedAsync());
    }

    [Fact]
    public async Task The_functions_for_parked_updates_need_a_storage_account_and_the_queue_trigger_needs_a_queue_service()
    {
        await using FunctionsFixture without = await FunctionsFixture.StartAsync();
        Assert.DoesNotContain(without.Host.Functions.Keys, name => name.StartsWith("Parked", StringComparison.Ordinal));

        await using FunctionsFixture blobsAlone = await FunctionsFixture.StartAsync(
            ("AzureWebJobsStorage__blobServiceUri", "https://account.blob.core.windows.net"), ("UPDATE_LEDGER", "memory"));
        Assert.DoesNotContain(QueueFunction, blobsAlone.Host.Functions.Keys);
        Assert.Contains(TimerFunction, blobsAlone.Host.Functions.Keys);

        await using FunctionsFixture with = await FunctionsFixture.StartAsync(("AzureWebJobsStorage", storage.Server.ConnectionString));
        JsonNode trigger = JsonNode.Parse(with.Host.Functions[QueueFunction].RawBindings[0])!;
        Assert.Equal(("queueTrigger", Queue, "AzureWebJobsStorage"), ((string?)trigger["type"], (string?)trigger["queueName"], (string?)trigger["connection"]));
        Assert.Equal("30 * * * * *", (string?)JsonNode.Parse(with.Host.Functions[TimerFunction].RawBindings[0])!["schedule"]);
    }

    private static IEnumerable<string?> Sent(FunctionsFixture app, long chat) =>
        app.Bot.Sent.Where(message => message.ChatId == chat).Select(message => message.Text);

    /// <summary>Takes the next visible message, as the trigger of the host does.</summary>
    private async Task<string> TakeAsync()
    {
        var queue = new QueueClient(storage.Server.ConnectionString, Queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        QueueMessage message = (await queue.ReceiveMessageAsync(cancellationToken: TestContext.Current.CancellationToken)).Value;
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, TestContext.Current.CancellationToken);
        return int.Parse(message.Body.ToString(), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }

    private async Task<IReadOnlyList<string>> ParkedAsync()
    {
        var container = new BlobContainerClient(storage.Server.ConnectionString, "azker");
        var names = new List<string>();
        await foreach (Azure.Storage.Blobs.Models.BlobItem blob in container.GetBlobsAsync(
            new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = "parked/" }, TestContext.Current.CancellationToken))
        {
            names.Add(blob.Name);
        }

        return names;
    }

    /// <summary>The storage service of these tests.</summary>
    public sealed class Storage : IAsyncLifetime
    {
        internal AzuriteServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await AzuriteServer.StartAsync(TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
