using System.Text.Json;
using Azker.Azurite;
using Azker.Core.Tests.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary><c>status</c>, <c>doctor</c> and <c>lock</c> with a storage account.</summary>
public sealed class StorageCommandTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;
    private AzuriteServer _storage = null!;

    private (string Name, string Value) Storage => ("AzureWebJobsStorage", _storage.ConnectionString);

    public async ValueTask InitializeAsync()
    {
        _fixture = await ConsoleFixture.CreateAsync();
        _storage = await AzuriteServer.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task Doctor_uses_each_right_on_the_account_and_leaves_nothing_behind()
    {
        ConsoleProcess doctor = _fixture.Start(["doctor", "--json"], Storage);

        Assert.Equal(0, await doctor.Exit());
        Assert.Equal(["storage-blob", "lock", "storage-table", "storage-queue"], doctor.Output.Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("check").GetString())
            .SkipWhile(check => check != "storage-blob"));
        Assert.Empty(Blobs(""));
    }

    [Fact]
    public async Task A_broken_lease_ends_the_run_of_its_holder_and_leaves_the_lock_free()
    {
        await LeaveReleasedAsync();
        ConsoleProcess holder = _fixture.Start([], Storage);
        await Eventually.IsTrue(() => holder.Output.Contains("Polling for bot", StringComparison.Ordinal), "the instance polls", TimeSpan.FromMinutes(1));
        await Eventually.IsTrue(() => Blobs("instances/123456/") is [var sign] && Text(sign).Contains("\"lock_renewed_at\":\"", StringComparison.Ordinal), "the instance gives a sign of life with its lease");

        ConsoleProcess status = _fixture.Start(["status"], Storage);
        Assert.Equal(0, await status.Exit());
        Assert.Matches(@"(?m)^Lock renewed +20\S+ \S+Z \(\d+ s ago\)$", status.Output);

        ConsoleProcess asked = _fixture.Start(["lock", "break"], Storage);
        Assert.Equal(75, await asked.Exit());
        Assert.Contains($"PID {holder.Id} on {Environment.MachineName} loses the receiver lock", asked.Errors, StringComparison.Ordinal);

        ConsoleProcess breaking = _fixture.Start(["lock", "break", "--yes", "--json"], Storage);
        Assert.Equal(0, await breaking.Exit());
        JsonElement result = JsonDocument.Parse(breaking.Output).RootElement;
        Assert.Equal(("broken", holder.Id), (result.GetProperty("outcome").GetString(), result.GetProperty("before").GetProperty("pid").GetInt32()));
        Assert.Equal(JsonValueKind.Null, result.GetProperty("after").ValueKind);
        Assert.Equal(70, await holder.Exit());
    }

    /// <summary>Leaves the blob of the lock as an ordinary run does, so that the next holder does not wait.</summary>
    private async Task LeaveReleasedAsync()
    {
        BlobContainerClient container = Container;
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await container.GetBlobClient("bot-123456").UploadAsync(new BinaryData(BlobLeaseRecords.Released().ToJson()), TestContext.Current.CancellationToken);
    }

    private BlobContainerClient Container => new(_storage.ConnectionString, "azker");

    private string Text(string blob) => Container.GetBlobClient(blob).DownloadContent().Value.Content.ToString();

    private List<string> Blobs(string prefix) => [.. Container.GetBlobs(new GetBlobsOptions { Prefix = prefix }).Select(blob => blob.Name)];
}
