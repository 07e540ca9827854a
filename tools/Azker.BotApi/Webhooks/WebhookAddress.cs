using System.Net;
using System.Net.Sockets;

namespace Azker.BotApi.Webhooks;

/// <summary>Finds the addresses that Telegram's cloud refuses to call.</summary>
internal static class WebhookAddress
{
    private static readonly IPNetwork[] Reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>The error of an address, or null.</summary>
    public static string? Check(IPAddress? address, bool isLocal)
    {
        if (address is null)
        {
            return "Invalid IP address specified";
        }

        if (isLocal)
        {
            return null;
        }

        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            return "IPv6-only addresses are not allowed";
        }

        return Reserved.Any(network => network.Contains(address)) ? $"IP address {address} is reserved" : null;
    }
}
