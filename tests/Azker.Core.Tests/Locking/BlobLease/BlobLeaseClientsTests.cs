using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;

namespace Azker.Core.Tests.Locking.BlobLease;

public sealed class BlobLeaseClientsTests
{
    [Theory]
    [InlineData("AccountName=a;AccountKey=top-secret", null, "AzureWebJobsStorage (its value is not shown here) is not a connection string")]
    [InlineData(null, "http://a.blob.example.com/?sig=top-secret", "AzureWebJobsStorage__blobServiceUri (its value is not shown here) is not the https URL")]
    public void A_faulty_account_is_named_by_its_setting_and_not_shown(string? connection, string? uri, string told)
    {
        var storage = new StorageOptions
        {
            DataDirectory = "data",
            ConnectionString = connection,
            BlobServiceUri = uri is null ? null : new Uri(uri),
        };

        InstanceLockException refusal = Assert.Throws<InstanceLockException>(() => BlobLeaseClients.Create(storage, TimeSpan.FromSeconds(2.5)));

        Assert.StartsWith(told, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret", refusal.ToString(), StringComparison.Ordinal);
    }
}
