using Azker.Core.Infrastructure;
using Azure.Core;
using Azure.Identity;

namespace Azker.Core.Configuration;

/// <summary>Creates the identity that the settings of a storage account name, as the Functions host does (Microsoft.Extensions.Azure, ClientFactory).</summary>
internal static class StorageIdentity
{
    public const string ManagedIdentity = "managedidentity";
    public const string WorkloadIdentity = "workloadidentity";

    /// <summary>With this variable the user chooses the links of the default chain (Azure.Identity).</summary>
    private const string ChosenCredentials = "AZURE_TOKEN_CREDENTIALS";

    /// <summary>The variables of Azure's hosts, where no developer is signed in.</summary>
    private static readonly string[] AzureHosts =
        ["IDENTITY_ENDPOINT", "MSI_ENDPOINT", "AZURE_FEDERATED_TOKEN_FILE", "WEBSITE_INSTANCE_ID", "CONTAINER_APP_NAME"];

    /// <summary>The identity of the user, or of the machine, in the order of the default chain.</summary>
    /// <param name="storage">The storage account.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    public static SharedTokenCredential Create(StorageOptions storage, Func<string, string?> variable) =>
        new(CredentialOf(storage, variable), TimeProvider.System);

    private static TokenCredential CredentialOf(StorageOptions storage, Func<string, string?> variable) => storage.Credential?.ToUpperInvariant() switch
    {
        "MANAGEDIDENTITY" => new ManagedIdentityCredential(IdOf(storage)),
        "WORKLOADIDENTITY" => new WorkloadIdentityCredential(new WorkloadIdentityCredentialOptions { ClientId = storage.ClientId, TenantId = storage.TenantId }),
        _ => new DefaultAzureCredential(ChainOf(storage, variable)),
    };

    private static ManagedIdentityId IdOf(StorageOptions storage) => storage switch
    {
        { ClientId: { } client } => ManagedIdentityId.FromUserAssignedClientId(client),
        { ManagedIdentityResourceId: { } resource } => ManagedIdentityId.FromUserAssignedResourceId(new ResourceIdentifier(resource)),
        _ => ManagedIdentityId.SystemAssigned,
    };

    private static DefaultAzureCredentialOptions ChainOf(StorageOptions storage, Func<string, string?> variable)
    {
        var chain = new DefaultAzureCredentialOptions();
        if (storage.ClientId is { } client)
        {
            (chain.ManagedIdentityClientId, chain.WorkloadIdentityClientId) = (client, client);
        }

        chain.ManagedIdentityResourceId = storage.ManagedIdentityResourceId is { } resource ? new ResourceIdentifier(resource) : null;
        chain.TenantId = storage.TenantId ?? chain.TenantId;
        if (variable(ChosenCredentials) is null or "" && AzureHosts.Any(host => variable(host) is { Length: > 0 }))
        {
            chain.ExcludeAzureCliCredential = chain.ExcludeAzurePowerShellCredential = chain.ExcludeAzureDeveloperCliCredential = true;
            chain.ExcludeVisualStudioCredential = chain.ExcludeVisualStudioCodeCredential = true;
        }

        return chain;
    }
}
