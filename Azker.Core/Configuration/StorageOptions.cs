namespace Azker.Core.Configuration;

/// <summary>Where Azker keeps what must outlive a run. Without a storage account the run is local.</summary>
public sealed class StorageOptions
{
    /// <summary>
    /// <c>DATA_DIR</c>: the directory of the lock, the ledger and the dead letters. Default <c>data</c>, below the working directory;
    /// given here as a full path.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary><c>AzureWebJobsStorage</c>: the storage account's connection string. Default none.</summary>
    public string? ConnectionString { get; init; }

    /// <summary><c>AzureWebJobsStorage__blobServiceUri</c>: its blob service, for a managed identity. Default none.</summary>
    public Uri? BlobServiceUri { get; init; }

    /// <summary><c>AzureWebJobsStorage__tableServiceUri</c>: its table service, for a managed identity. Default none.</summary>
    public Uri? TableServiceUri { get; init; }

    /// <summary>Whether a storage account is configured.</summary>
    public bool IsConfigured => ConnectionString is not null || BlobServiceUri is not null;

    /// <summary>Whether the tables of a storage account can be reached.</summary>
    internal bool HasTables => ConnectionString is not null || TableServiceUri is not null;

    /// <summary>The values of a connection string by which the account is entered.</summary>
    internal IEnumerable<string> Secrets => (ConnectionString ?? "")
        .Split(';', StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2))
        .Where(part => part is [("AccountKey" or "SharedAccessSignature"), _])
        .Select(part => part[1]);

    internal static StorageOptions Read(SettingsReader settings)
    {
        var options = new StorageOptions
        {
            DataDirectory = System.IO.Path.GetFullPath(settings.Text(SettingNames.DataDirectory) ?? "data"),
            ConnectionString = settings.Text(SettingNames.Storage),
            BlobServiceUri = settings.HttpUrl(SettingNames.StorageBlobServiceUri),
            TableServiceUri = settings.HttpUrl(SettingNames.StorageTableServiceUri),
        };
        if (options is { ConnectionString: not null, BlobServiceUri: not null })
        {
            settings.Fault(SettingNames.Storage, $"it is set, and so is {SettingNames.StorageBlobServiceUri}", "keep one of the two");
        }

        return options;
    }
}
