using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

public sealed class StorageOptionsTests
{
    private const string NoAccount =
        "AzureWebJobsStorage: its value (not shown here) is not a connection string of a storage account; "
        + "copy the whole of it from the account's access keys, or use UseDevelopmentStorage=true for Azurite.";

    private const string NoTables =
        "AzureWebJobsStorage: its value (not shown here) is not a connection string of a storage account with tables; "
        + "copy the whole of it from the account's access keys, or set UPDATE_LEDGER to file or memory.";

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountName=secretName;AccountKey=secretKey")]
    [InlineData("AccountName=secretName;AccountKey=top-secret")]
    [InlineData("\"UseDevelopmentStorage=true;secret=1\"")]
    [InlineData("TableEndpoint=https://t.example.com;SharedAccessSignature=sig=secret")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=;AccountKey=secret")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=secret name;AccountKey=a2V5")]
    public void A_faulty_connection_string_is_named_by_its_setting_and_not_shown(string connection)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Settings.Read((SettingNames.Storage, connection)));

        Assert.Equal([NoAccount], error.Failures);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null, NoTables)]
    [InlineData("table", NoTables)]
    [InlineData("memory", null)]
    public void A_connection_string_without_tables_is_a_fault_only_of_a_ledger_in_a_table(string? ledger, string? fault)
    {
        Exception? error = Record.Exception(() => Settings.Read(
            (SettingNames.Storage, "BlobEndpoint=https://a.blob.example.com;SharedAccessSignature=sig=secret"), (SettingNames.UpdateLedger, ledger)));

        Assert.Equal(fault, error?.Message);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:10000/a;TableEndpoint=http://127.0.0.1:10002/a;")]
    public void A_connection_string_of_an_account_is_valid(string connection) =>
        Assert.Equal(connection, Settings.Read((SettingNames.Storage, connection)).Storage.ConnectionString);

    [Theory]
    [InlineData(SettingNames.StorageBlobServiceUri, "blob")]
    [InlineData(SettingNames.StorageTableServiceUri, "table")]
    [InlineData(SettingNames.StorageQueueServiceUri, "queue")]
    public void A_managed_identity_needs_the_https_URL_of_a_service(string name, string service)
    {
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => Settings.Read(
            (SettingNames.StorageBlobServiceUri, "https://a.example.com"),
            (SettingNames.StorageTableServiceUri, "https://t.example.com"),
            (name, "http://a.example.com/?sig=top-secret")));

        Assert.Equal(
            [$"{name}: its value (not shown here) is not the https URL of a {service} service; give it as https://ACCOUNT.{service}.core.windows.net."],
            error.Failures);
    }
}
