using Azker.Core.Configuration;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Configuration;

/// <summary>A storage account that is used with an identity, as the Functions host reads its settings.</summary>
public sealed class StorageIdentityTests
{
    private const string Account = "AzureWebJobsStorage__accountName";
    private const string Blobs = "AzureWebJobsStorage__blobServiceUri";
    private const string Queues = "AzureWebJobsStorage__queueServiceUri";
    private const string Client = "AzureWebJobsStorage__clientId";
    private const string Resource = "AzureWebJobsStorage__managedIdentityResourceId";
    private const string ResourceId = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/azker";

    [Fact]
    public void The_name_of_an_account_gives_the_URLs_that_are_not_set()
    {
        StorageOptions storage = Settings.Read((Account, "azkerbot"), (Queues, "https://q.example.com")).Storage;

        Assert.Equal(
            ["https://azkerbot.blob.core.windows.net/", "https://azkerbot.table.core.windows.net/", "https://q.example.com/"],
            new[] { storage.BlobServiceUri, storage.TableServiceUri, storage.QueueServiceUri }.Select(url => url!.AbsoluteUri));
        Assert.True(storage.IsConfigured);
    }

    [Theory]
    [InlineData("managedidentity", null, null)]
    [InlineData("ManagedIdentity", Client, "11111111-2222-3333-4444-555555555555")]
    [InlineData("managedidentity", Resource, ResourceId)]
    [InlineData("workloadidentity", Client, "11111111-2222-3333-4444-555555555555")]
    [InlineData(null, "AzureWebJobsStorage__tenantId", "11111111-2222-3333-4444-555555555555")]
    public void All_clients_of_an_account_share_one_identity(string? credential, string? name, string? value)
    {
        StorageOptions storage = Settings.Read((Account, "azkerbot"), ("AzureWebJobsStorage__credential", credential), (name ?? Client, value)).Storage;

        Assert.Same(storage.Identity, storage.Identity);
    }

    [Theory]
    [InlineData(Queues, "https://q.example.com", Queues)]
    [InlineData(Client, "11111111-2222-3333-4444-555555555555", Client)]
    [InlineData("AzureWebJobsStorage__credential", "managedidentity", "AzureWebJobsStorage__credential")]
    public void A_half_configured_account_is_a_fault_and_not_a_run_on_its_own(string name, string value, string faulty) => Assert.Equal(
        $"{faulty}: it is set, and neither {Account} nor {Blobs} is, so there is no storage account; set {Account} too, or leave it out.",
        Fault((name, value)));

    [Theory]
    [InlineData(Account, "Azker-Bot", "AzureWebJobsStorage__accountName: 'Azker-Bot' is not 3 to 24 lower-case letters and digits; give the name of the storage account alone, without a domain.")]
    [InlineData("AzureWebJobsStorage__credential", "secret", "AzureWebJobsStorage__credential: 'secret' is neither managedidentity nor workloadidentity; give one of the two, or leave it out.")]
    [InlineData(Resource, "azker", "AzureWebJobsStorage__managedIdentityResourceId: 'azker' is not a resource ID; copy it from the properties of the managed identity: /subscriptions/.../userAssignedIdentities/....")]
    public void A_faulty_value_is_named(string name, string value, string fault) => Assert.Equal(fault, Fault((Account, "azkerbot"), (name, value)));

    [Fact]
    public void A_connection_string_beside_the_name_of_an_account_is_a_fault() => Assert.Equal(
        $"AzureWebJobsStorage: it is set, and so is {Account}; keep one of the two settings.",
        Fault((SettingNames.Storage, "UseDevelopmentStorage=true"), (Account, "azkerbot")));

    [Fact]
    public void Two_ways_to_name_an_identity_are_a_fault() => Assert.Equal(
        $"{Resource}: it is set, and so is {Client}; keep one of the two settings.",
        Fault((Account, "azkerbot"), (Client, "11111111-2222-3333-4444-555555555555"), (Resource, ResourceId)));

    private static string Fault(params (string Name, string? Value)[] settings) =>
        Assert.Single(Assert.Throws<OptionsValidationException>(() => Settings.Read(settings)).Failures);
}
