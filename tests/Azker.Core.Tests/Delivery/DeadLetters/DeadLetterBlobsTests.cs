using Azker.Azurite;
using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Tests.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Azure.Storage.Blobs;

namespace Azker.Core.Tests.Delivery.DeadLetters;

public sealed class DeadLetterBlobsTests(AzuriteFixture azurite) : DeadLetterStoreContract, IAsyncLifetime
{
    private readonly string _container = $"letters-{Guid.NewGuid():N}";
    private AzuriteServer _server = null!;

    private protected override IDeadLetterStore Store => StoreOf(botId: 1);

    public async ValueTask InitializeAsync() => _server = await azurite.Server;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_dead_letter_is_one_blob_below_the_bots_id()
    {
        await Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token);

        Assert.True(await new BlobClient(_server.ConnectionString, _container, "dead-letters/1/17-ab.json").ExistsAsync(Token));
        Assert.Equal($"blob dead-letters/1/17-ab.json in container {_container} of devstoreaccount1", Store.LocationOf("17-ab"));
    }

    [Fact]
    public async Task Two_bots_share_a_container_and_see_nothing_of_each_other()
    {
        await StoreOf(botId: 1).AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token);
        await StoreOf(botId: 12).AddAsync("18-ab", "raw"u8.ToArray(), Letter, Token);

        Assert.Equal("17-ab", Assert.Single(await List()).Id);
    }

    [Fact]
    public async Task A_dead_letter_whose_reason_is_gone_is_still_listed()
    {
        await Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token);
        await new BlobClient(_server.ConnectionString, _container, "dead-letters/1/17-ab.json").SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: Token);

        Assert.StartsWith("The reason is unknown", Assert.Single(await List()).Letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_of_another_program_is_left_alone_and_hides_no_dead_letter()
    {
        await Store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token);
        await new BlobClient(_server.ConnectionString, _container, "dead-letters/1/x").UploadAsync(new BinaryData("planted"), Token);

        Assert.Equal("17-ab", Assert.Single(await List()).Id);
        Assert.Equal(1, await Store.CountAsync(Token));
    }

    [Fact]
    public async Task A_storage_that_cannot_be_reached_is_reported_without_its_key()
    {
        AzkerOptions options = TestOptions.Azure(_server.ConnectionStringTo(1), _container);
        DeadLetterBlobs store = StoreOf(options);

        DeadLetterException error = await Assert.ThrowsAsync<DeadLetterException>(() => store.AddAsync("17-ab", "raw"u8.ToArray(), Letter, Token));

        Assert.StartsWith($"The dead letters in container {_container} of devstoreaccount1 cannot be read or written: no answer", error.Message, StringComparison.Ordinal);
        Assert.All(options.Storage.Secrets, secret => Assert.DoesNotContain(secret, error.Message, StringComparison.Ordinal));
        Assert.NotEmpty(options.Storage.Secrets);
    }

    [Fact]
    public async Task A_large_dead_letter_is_kept_over_a_slow_line()
    {
        await using var line = new FaultProxy(_server.BlobPort) { Fault = NetworkFault.SlowRequests };
        await using var services = new Services(
            [
                (SettingNames.Storage, _server.ConnectionStringTo(line.Port)),
                (SettingNames.LockContainer, _container),
            ],
            TimeProvider.System);
        byte[] raw = new byte[512 * 1024];

        Assert.True(await services.Get<IDeadLetterStore>().AddAsync("17-ab", raw, Letter, Token));

        Assert.Equal(raw.Length, (await services.Get<IDeadLetterStore>().ReadAsync("17-ab", Token))!.Value.Length);
    }

    private DeadLetterBlobs StoreOf(long botId) => StoreOf(TestOptions.Azure(_server.ConnectionString, _container, botId));

    private static DeadLetterBlobs StoreOf(AzkerOptions options) =>
        new(BlobLeaseClients.Create(options.Storage, TimeSpan.FromSeconds(2.5)), options, TimeProvider.System);
}
