using System.Net;
using System.Net.Sockets;

namespace Azker.Core.Webhook.Registration;

/// <summary>The addresses that Telegram's own Bot API server does not call (tdlib/td, IPAddress.cpp, is_reserved).</summary>
internal static class ReservedAddress
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/3"),
    ];

    /// <summary>Whether Telegram does not call the address, because it is reserved or IPv6.</summary>
    public static bool Includes(IPAddress address) =>
        address.AddressFamily != AddressFamily.InterNetwork || Networks.Any(network => network.Contains(address));
}
