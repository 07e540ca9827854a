using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Azker.Core.Locking.BlobLease;

/// <summary>Creates the client of the blob service.</summary>
internal static class BlobLeaseClients
{
    /// <param name="storage">The storage account.</param>
    /// <param name="attemptTimeout">The longest time of a call.</param>
    /// <param name="transport">Another way to the service than HTTP by sockets.</param>
    /// <exception cref="InstanceLockException">The connection string or the URL is faulty.</exception>
    public static BlobServiceClient Create(StorageOptions storage, TimeSpan attemptTimeout, HttpPipelineTransport? transport = null)
    {
        BlobClientOptions options = new BlobClientOptions().WithoutRetries(attemptTimeout, transport);
        try
        {
            return storage.ConnectionString is { } connection
                ? new BlobServiceClient(connection, options)
                : new BlobServiceClient(storage.BlobServiceUri, new DefaultAzureCredential(), options);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InstanceLockException(
                storage.ConnectionString is not null
                    ? $"{SettingNames.Storage} (its value is not shown here) is not a connection string of a storage account. "
                        + "Copy the complete string from the account's access keys, or use UseDevelopmentStorage=true for Azurite."
                    : $"{SettingNames.StorageBlobServiceUri} (its value is not shown here) is not the https URL of a blob service. "
                        + "Give it as https://ACCOUNT.blob.core.windows.net.",
                isPermission: false);
        }
    }
}
