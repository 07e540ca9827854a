using System.Globalization;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Azker.Core.Delivery.Ledger;

/// <summary>Creates the client of the table service.</summary>
internal static class TableLedgerClients
{
    /// <param name="storage">The storage account.</param>
    /// <param name="botId">The bot's user id. Each bot has a table of its own, so that bots can share an account.</param>
    /// <param name="attemptTimeout">The longest time of a call.</param>
    /// <param name="transport">Another way to the service than that of the settings.</param>
    public static TableClient Create(StorageOptions storage, long botId, TimeSpan attemptTimeout, HttpPipelineTransport? transport = null)
    {
        TableClientOptions options = new TableClientOptions().WithoutRetries(attemptTimeout, transport ?? storage.Transport);
        string name = string.Create(CultureInfo.InvariantCulture, $"AzkerUpdates{botId}");
        return storage.ConnectionString is { } connection
            ? new TableClient(connection, name, options)
            : new TableClient(storage.TableServiceUri, name, storage.Identity, options);
    }
}
