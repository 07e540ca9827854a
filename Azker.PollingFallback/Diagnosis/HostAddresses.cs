using System.Net;
using System.Net.Sockets;
using Azker.Core.Hosting;
using Azker.Core.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Finds the addresses of a host as the bot does.</summary>
internal static class HostAddresses
{
    /// <returns>The addresses; empty when the host has none.</returns>
    public static async Task<IPAddress[]> FindAsync(AzkerBot bot, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            return IPAddress.TryParse(url.IdnHost, out IPAddress? literal)
                ? [literal]
                : await bot.Receiver.GetRequiredService<DnsLookup>()(url.IdnHost, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
