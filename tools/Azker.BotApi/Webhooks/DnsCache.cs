using System.Net;
using System.Net.Sockets;

namespace Azker.BotApi.Webhooks;

/// <summary>Caches the address of a host for 29 min, and a failed resolution for 5 min.</summary>
internal sealed class DnsCache(HostResolver resolve, TimeProvider time)
{
    private static readonly TimeSpan SuccessLifetime = TimeSpan.FromMinutes(29);
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (IPAddress? Address, DateTimeOffset Until)> _entries = [];

    /// <summary>The host's address, IPv4 before IPv6, or null.</summary>
    public async Task<IPAddress?> FindAsync(string host, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(host, out (IPAddress? Address, DateTimeOffset Until) entry) && time.GetUtcNow() < entry.Until)
            {
                return entry.Address;
            }
        }

        IPAddress? address = await ResolveAsync(host, cancellationToken);
        lock (_lock)
        {
            _entries[host] = (address, time.GetUtcNow() + (address is null ? FailureLifetime : SuccessLifetime));
        }

        return address;
    }

    private async Task<IPAddress?> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return literal;
        }

        try
        {
            IPAddress[] addresses = await resolve(host, cancellationToken);
            return addresses.OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).FirstOrDefault();
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
