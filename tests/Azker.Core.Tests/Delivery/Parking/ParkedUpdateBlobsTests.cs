using System.Globalization;
using Azker.Azurite;
using Azker.Core.Delivery.Parking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Tests.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.Parking;

public sealed class ParkedUpdateBlobsTests(AzuriteFixture azurite) : ParkedUpdateStoreContract, IAsyncLifetime
{
    private readonly string _container = $"parked-{Guid.NewGuid():N}";
    private AzuriteServer _server = null!;

    private protected override IParkedUpdateStore Store => StoreAt(TimeProvider.System);

    public async ValueTask InitializeAsync() => _server = await azurite.Server;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(-3600)]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task A_wait_that_an_instance_with_a_wrong_clock_has_stored_lasts_as_long_for_the_reader(int error)
    {
        var wrong = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(error));
        await StoreAt(wrong).WriteAsync(Update(17) with { StoredAt = wrong.GetUtcNow(), NotBefore = wrong.GetUtcNow().AddSeconds(600) }, Token);

        ParkedUpdate found = (await Store.FindAsync(17, Token))!;

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Assert.InRange((found.NextAttemptAt(now) - now)!.Value.TotalSeconds, 500, 605);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("17")]
    [InlineData("17.json.bak")]
    [InlineData("a/b/c.json")]
    public async Task A_blob_of_another_program_is_left_alone_and_hides_no_update(string planted)
    {
        await Store.WriteAsync(Update(18), Token);
        string bot = TestOptions.Azure(_server.ConnectionString, _container).Bot.Token.BotId.ToString(CultureInfo.InvariantCulture);
        await new BlobClient(_server.ConnectionString, _container, $"parked/{bot}/{planted}").UploadAsync(new BinaryData("planted"), Token);

        List<int> ids = [];
        await foreach (int id in Store.ListIdsAsync(Token))
        {
            ids.Add(id);
        }

        Assert.Equal([18], ids);
    }

    private ParkedUpdateBlobs StoreAt(TimeProvider timeProvider)
    {
        var options = TestOptions.Azure(_server.ConnectionString, _container);
        return new ParkedUpdateBlobs(BlobLeaseClients.Create(options.Storage, TimeSpan.FromSeconds(30)), options, timeProvider);
    }
}
