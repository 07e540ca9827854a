namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="StorageOptions"/>.</summary>
internal static class StorageSettings
{
    public static IEnumerable<Setting> All =>
    [
        new TextSetting(SettingNames.DataDirectory, options => options.Storage.DataDirectory,
            directory => CheckBlank(directory, SettingTexts.BlankDirectory)),
        new TextSetting(SettingNames.Storage, options => options.Storage.ConnectionString,
            connection => CheckBlank(connection, SettingTexts.BlankStorage) ?? StorageForms.CheckConnection(connection)),
        new TextSetting(SettingNames.StorageAccountName, options => options.Storage.AccountName, StorageForms.CheckAccountName),
        new TextSetting(SettingNames.StorageCredential, options => options.Storage.Credential, StorageForms.CheckCredential),
        new TextSetting(SettingNames.StorageClientId, options => options.Storage.ClientId, (string _) => null),
        new TextSetting(SettingNames.StorageManagedIdentityResourceId, options => options.Storage.ManagedIdentityResourceId, StorageForms.CheckResourceId),
        new TextSetting(SettingNames.StorageTenantId, options => options.Storage.TenantId, (string _) => null),
        new UrlSetting(SettingNames.StorageBlobServiceUri, options => options.Storage.BlobServiceUri, url => StorageForms.CheckServiceUrl(url, "blob")),
        new UrlSetting(SettingNames.StorageTableServiceUri, options => options.Storage.TableServiceUri, url => StorageForms.CheckServiceUrl(url, "table")),
        new UrlSetting(SettingNames.StorageQueueServiceUri, options => options.Storage.QueueServiceUri, url => StorageForms.CheckServiceUrl(url, "queue")),
    ];

    /// <summary>Finds a blank text, which only code can set: a setting with a blank text counts as not set.</summary>
    private static SettingFault? CheckBlank(string text, string remedy) =>
        string.IsNullOrWhiteSpace(text) ? new SettingFault(SettingTexts.Blank, remedy) : null;
}
