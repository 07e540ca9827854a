using Azker.Core.Configuration;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Configuration;

/// <summary>The proxy of the calls to a storage account, in every kind of host.</summary>
public sealed class StorageProxyTests : IDisposable
{
    private const string Account = "AccountName=a;AccountKey=a2V5;BlobEndpoint=https://a.blob.example.com;TableEndpoint=https://a.table.example.com";
    private const string Emulator = "AccountName=a;AccountKey=a2V5;BlobEndpoint=http://azurite.invalid:10000/a;TableEndpoint=http://azurite.invalid:10002/a";

    private readonly TestProxy _proxy = new();

    public void Dispose() => _proxy.Dispose();

    [Theory]
    [InlineData(SettingNames.HttpsProxy)]
    [InlineData(SettingNames.AllProxy)]
    [InlineData("https_proxy")]
    public async Task The_calls_to_a_storage_account_go_through_the_proxy_of_the_settings(string name)
    {
        await CallBoth(Account, (name, $"http://127.0.0.1:{_proxy.Port}"));

        Assert.Equal(["CONNECT a.blob.example.com:443", "CONNECT a.table.example.com:443"], _proxy.Targets.Distinct());
    }

    [Theory]
    [InlineData(Emulator, "")]
    [InlineData(Account, ".example.com")]
    public async Task The_calls_to_an_emulator_and_to_the_hosts_of_NO_PROXY_do_not(string connection, string noProxy)
    {
        string proxy = $"http://127.0.0.1:{_proxy.Port}";

        await CallBoth(connection, (SettingNames.HttpProxy, proxy), (SettingNames.HttpsProxy, proxy), (SettingNames.AllProxy, proxy), (SettingNames.NoProxy, noProxy));

        Assert.Empty(_proxy.Targets);
    }

    [Theory]
    [InlineData("https://a.blob.core.windows.net", true)]
    [InlineData("https://192.0.2.1", true)]
    [InlineData("http://a.blob.core.windows.net", false)]
    [InlineData("http://192.0.2.1:10000", false)]
    [InlineData("https://127.0.0.1:10000", false)]
    [InlineData("https://[::1]:10000", false)]
    [InlineData("https://localhost:10000", false)]
    public void A_loopback_address_and_a_URL_without_TLS_need_no_proxy(string url, bool usesProxy)
    {
        var proxy = new StorageProxy(new NetworkOptions { AllProxy = new Uri("http://someone:secret@proxy.example.com:3128") });

        Assert.Equal(usesProxy ? "http://proxy.example.com:3128/" : null, proxy.GetProxy(new Uri(url))?.AbsoluteUri);
        Assert.Equal(!usesProxy, proxy.IsBypassed(new Uri(url)));
        Assert.Equal("secret", proxy.Credentials!.GetCredential(new Uri("http://proxy.example.com:3128"), "Basic")!.Password);
    }

    /// <summary>Calls the blob service and the table service. The calls fail, since no service listens at these hosts.</summary>
    private static async Task CallBoth(string connection, params (string Name, string? Value)[] settings)
    {
        StorageOptions storage = Settings.Read([(SettingNames.Storage, connection), .. settings]).Storage;
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await Assert.ThrowsAnyAsync<Exception>(
            () => BlobLeaseClients.Create(storage, TimeSpan.FromSeconds(20)).GetBlobContainerClient("c").ExistsAsync(cancellationToken));
        await Assert.ThrowsAnyAsync<Exception>(() => TableLedgerClients.Create(storage, 1, TimeSpan.FromSeconds(20)).CreateIfNotExistsAsync(cancellationToken));
    }
}
