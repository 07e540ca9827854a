using System.Globalization;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Options;

namespace Azker.Core.Delivery.Ledger;

/// <summary>Creates the client of the table service.</summary>
internal static class TableLedgerClients
{
    /// <param name="storage">The storage account.</param>
    /// <param name="botId">The bot's user id. Each bot has a table of its own, so that bots can share an account.</param>
    /// <param name="attemptTimeout">The longest time of a call.</param>
    /// <param name="transport">Another way to the service than HTTP by sockets.</param>
    /// <exception cref="OptionsValidationException">The connection string is faulty.</exception>
    public static TableClient Create(StorageOptions storage, long botId, TimeSpan attemptTimeout, HttpPipelineTransport? transport = null)
    {
        TableClientOptions options = new TableClientOptions().WithoutRetries(attemptTimeout, transport);
        string name = string.Create(CultureInfo.InvariantCulture, $"AzkerUpdates{botId}");
        try
        {
            return storage.ConnectionString is { } connection
                ? new TableClient(connection, name, options)
                : new TableClient(storage.TableServiceUri, name, new DefaultAzureCredential(), options);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new OptionsValidationException(nameof(AzkerOptions), typeof(AzkerOptions), [
                $"{SettingNames.Storage}: its value (not shown here) is not a connection string of a storage account with tables; "
                + $"copy the whole of it from the account's access keys, or set {SettingNames.UpdateLedger} to file or memory."]);
        }
    }
}
