namespace Azker.Core.Configuration.Settings;

/// <summary>The rules that bind the settings of a storage account to each other: a half-configured account would leave each instance on its own.</summary>
internal static class StorageRules
{
    /// <summary>The settings that mean an account which is used with an identity.</summary>
    private static readonly (string Name, Func<StorageOptions, object?> Value)[] OfIdentity =
    [
        (SettingNames.StorageAccountName, storage => storage.AccountName),
        (SettingNames.StorageCredential, storage => storage.Credential),
        (SettingNames.StorageClientId, storage => storage.ClientId),
        (SettingNames.StorageManagedIdentityResourceId, storage => storage.ManagedIdentityResourceId),
        (SettingNames.StorageTenantId, storage => storage.TenantId),
        (SettingNames.StorageBlobServiceUri, storage => storage.BlobServiceUri),
        (SettingNames.StorageTableServiceUri, storage => storage.TableServiceUri),
        (SettingNames.StorageQueueServiceUri, storage => storage.QueueServiceUri),
    ];

    public static void Check(StorageOptions storage, SettingFaults faults)
    {
        string[] set = [.. OfIdentity.Where(setting => setting.Value(storage) is not null).Select(setting => setting.Name)];
        if (storage.ConnectionString is not null && set.Length > 0)
        {
            faults.Add(SettingNames.Storage, SettingTexts.FormatSetTwice(faults.NameOf(set[0])), SettingTexts.KeepOne);
        }
        else if (!storage.IsConfigured && set.Length > 0 && !faults.Has(SettingNames.StorageAccountName) && !faults.Has(SettingNames.StorageBlobServiceUri))
        {
            string account = faults.NameOf(SettingNames.StorageAccountName);
            faults.Add(set[0], SettingTexts.FormatHalfAccount(account, faults.NameOf(SettingNames.StorageBlobServiceUri)), SettingTexts.FormatGiveAccount(account));
        }

        if (storage is { ClientId: not null, ManagedIdentityResourceId: not null })
        {
            faults.Add(SettingNames.StorageManagedIdentityResourceId,
                SettingTexts.FormatSetTwice(faults.NameOf(SettingNames.StorageClientId)), SettingTexts.KeepOne);
        }
    }
}
