using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Azker.Core.Configuration.Settings;

/// <summary>The forms of the settings of a storage account. The clients that will use a value read it here, without a call.</summary>
internal static class StorageForms
{
    public static SettingFault? CheckConnection(string connection) => CanBeRead(() => new BlobServiceClient(connection))
        ? null
        : new SettingFault(
            "its value (not shown here) is not a connection string of a storage account",
            "copy the whole of it from the account's access keys, or use UseDevelopmentStorage=true for Azurite");

    public static bool HasTables(string connection) => CanBeRead(() => new TableServiceClient(connection));

    /// <summary>A managed identity sends its token only by TLS.</summary>
    public static SettingFault? CheckServiceUrl(Uri url, string service) => url.Scheme == Uri.UriSchemeHttps
        ? null
        : new SettingFault(
            $"its value (not shown here) is not the https URL of a {service} service", $"give it as https://ACCOUNT.{service}.core.windows.net");

    /// <summary>The clients throw exceptions of many types for a text that they cannot read, a <see cref="NullReferenceException"/> among them.</summary>
    private static bool CanBeRead(Func<object> create)
    {
        try
        {
            create();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
