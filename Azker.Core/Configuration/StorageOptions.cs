using System.Text.Json.Serialization;
using Azker.Core.Infrastructure;
using Azure.Core.Pipeline;

namespace Azker.Core.Configuration;

/// <summary>Where Azker keeps the data that must outlive a run. Without a storage account the run is local.</summary>
public sealed class StorageOptions
{
    /// <summary>
    /// <c>DATA_DIR</c>: the directory of the lock, the ledger and the dead letters. A full path in validated options. Default: a
    /// directory with the bot's id below <c>azker</c> in the user's data directory, which is <c>XDG_DATA_HOME</c> on Linux and
    /// <c>LocalApplicationData</c> elsewhere; or <c>data</c> below the working directory, for a named bot <c>data/{name}</c>, if a
    /// bot has already used it. On Azure Functions it may not be below the app's root. Different bots may share a directory.
    /// </summary>
    public string DataDirectory
    {
        get;
        set => (field, IsDataDirectorySet) = (value ?? "", value is not null);
    } = "";

    /// <summary>
    /// <c>AzureWebJobsStorage</c>: the connection string of the storage account, a secret. Default
    /// <see langword="null"/>: no storage account, or the account of <see cref="BlobServiceUri"/>.
    /// </summary>
    [JsonIgnore]
    public string? ConnectionString { get; set; }

    /// <summary>
    /// <c>AzureWebJobsStorage__accountName</c>: the name of a storage account in the public cloud, which is used with an identity. It gives
    /// the three service URLs that are not set, such as <c>https://{name}.blob.core.windows.net</c>. Default <see langword="null"/>. Not
    /// together with <see cref="ConnectionString"/>.
    /// </summary>
    public string? AccountName { get; set; }

    /// <summary>
    /// <c>AzureWebJobsStorage__credential</c>: <c>managedidentity</c>, or <c>workloadidentity</c> on Kubernetes. Default
    /// <see langword="null"/>: the first identity that the default chain of Azure.Identity finds (see <see cref="StorageIdentity"/>).
    /// </summary>
    public string? Credential { get; set; }

    /// <summary>
    /// <c>AzureWebJobsStorage__clientId</c>: the client ID of a user-assigned managed identity. Default <see langword="null"/>: the
    /// system-assigned identity. Not together with <see cref="ManagedIdentityResourceId"/>.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary><c>AzureWebJobsStorage__managedIdentityResourceId</c>: the resource ID of a user-assigned managed identity. Default <see langword="null"/>.</summary>
    public string? ManagedIdentityResourceId { get; set; }

    /// <summary><c>AzureWebJobsStorage__tenantId</c>: the tenant in which the identity is looked for. Default <see langword="null"/>: that of the identity.</summary>
    public string? TenantId { get; set; }

    /// <summary>
    /// <c>AzureWebJobsStorage__blobServiceUri</c>: the URL of the account's blob service, for a managed identity. Default
    /// <see langword="null"/>: that of <see cref="AccountName"/>. Not together with <see cref="ConnectionString"/>.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? BlobServiceUri { get; set; }

    /// <summary>
    /// <c>AzureWebJobsStorage__tableServiceUri</c>: the URL of the account's table service, for a managed identity. Default
    /// <see langword="null"/>. <see cref="UpdateLedgerKind.Table"/> needs it beside <see cref="BlobServiceUri"/>.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? TableServiceUri { get; set; }

    /// <summary>
    /// <c>AzureWebJobsStorage__queueServiceUri</c>: the URL of the account's queue service, for a managed identity. Default
    /// <see langword="null"/>. A Functions app uses it beside <see cref="BlobServiceUri"/> to go on with parked updates at once.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? QueueServiceUri { get; set; }

    /// <summary>The identity of all clients, when there is no connection string.</summary>
    internal SharedTokenCredential Identity => field ??= StorageIdentity.Create(this, Environment.GetEnvironmentVariable);

    /// <summary>The proxies of the way to the storage account; none are known before the options are completed.</summary>
    internal NetworkOptions Network { get; set; } = new();

    /// <summary>The way of all clients to the storage account.</summary>
    internal HttpPipelineTransport Transport => field ??= StorageTransport.Create(new StorageProxy(Network));

    /// <summary>Whether a storage account is configured.</summary>
    internal bool IsConfigured => ConnectionString is not null || BlobServiceUri is not null;

    /// <summary>Whether the storage account's tables are configured.</summary>
    internal bool HasTables => ConnectionString is not null || TableServiceUri is not null;

    /// <summary>Whether <see cref="DataDirectory"/> was set; otherwise it is the default.</summary>
    internal bool IsDataDirectorySet { get; private set; }

    /// <summary>The root of a Functions app, whose host restarts when a directory is created there; <see langword="null"/> on other hosts.</summary>
    internal string? AppRoot { get; set; }

    internal void UseDefaultDirectory(string path) => (DataDirectory, IsDataDirectorySet) = (path, false);

    /// <summary>The values of the connection string that give access to the account.</summary>
    internal IEnumerable<string> Secrets => (ConnectionString ?? "")
        .Split(';', StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2))
        .Where(part => part is [("AccountKey" or "SharedAccessSignature"), _])
        .Select(part => part[1]);
}
