using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Azker.Core.Configuration.Settings;

/// <summary>The forms of the settings of a storage account. The clients that will use a value read it here, without a call.</summary>
internal static class StorageForms
{
    public static SettingFault? CheckConnection(string connection) => CanBeRead(() => new BlobServiceClient(connection))
        ? null
        : new SettingFault(SettingTexts.NotConnectionString, SettingTexts.CopyConnectionString);

    public static bool HasTables(string connection) => CanBeRead(() => new TableServiceClient(connection));

    /// <summary>Source of the form: the naming rules of Azure Storage accounts.</summary>
    public static SettingFault? CheckAccountName(string name) => name.Length is >= 3 and <= 24 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
        ? null
        : new SettingFault(SettingTexts.FormatNotAccountName(name), SettingTexts.GiveAccountName);

    public static SettingFault? CheckCredential(string credential) =>
        credential.ToUpperInvariant() is "MANAGEDIDENTITY" or "WORKLOADIDENTITY"
            ? null
            : new SettingFault(SettingTexts.FormatNotCredential(credential, StorageIdentity.ManagedIdentity, StorageIdentity.WorkloadIdentity), SettingTexts.GiveCredential);

    public static SettingFault? CheckResourceId(string id) => ResourceIdentifier.TryParse(id, out _)
        ? null
        : new SettingFault(SettingTexts.FormatNotResourceId(id), SettingTexts.CopyResourceId);

    /// <summary>The URL of a service of an account in the public cloud.</summary>
    public static Uri ServiceUrl(string account, string service) => new($"https://{account}.{service}.core.windows.net");

    /// <summary>A managed identity sends its token only by TLS.</summary>
    public static SettingFault? CheckServiceUrl(Uri url, string service) => url.Scheme == Uri.UriSchemeHttps
        ? null
        : new SettingFault(SettingTexts.FormatNotServiceUrl(service), SettingTexts.FormatGiveServiceUrl($"https://ACCOUNT.{service}.core.windows.net"));

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
