using System.Net.Sockets;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Infrastructure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Hosting;

/// <summary>Checks at the start whether the ledger can be used, so that a wrong storage account does not look like an outage for ever.</summary>
internal sealed class LedgerCheck(IUpdateLedger ledger, DnsLookup resolve, IServiceProvider services)
{
    /// <summary>Runs the check. A fault that may pass is left to the first update.</summary>
    /// <exception cref="UpdateLedgerException">The service refuses the calls, or the storage account has no tables.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ledger.CheckAsync(cancellationToken);
        }
        catch (UpdateLedgerException error)
        {
            if (error.IsRefusal || (error.IsHostUnknown && await HasBlobsAsync(cancellationToken)))
            {
                throw;
            }
        }
    }

    /// <summary>Whether the account's blob service has an address: then DNS works, and only the table service does not exist.</summary>
    private async Task<bool> HasBlobsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return services.GetService<BlobServiceClient>() is { } blobs && (await resolve(blobs.Uri.Host, cancellationToken)).Length > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
