using System.Net;

namespace Azker.Core.Configuration;

/// <summary>
/// Tells a server in one's own network from one on the Internet by the form of its URL. It does not ask DNS, whose answer depends on the
/// network and on the time.
/// </summary>
internal static class PrivateHost
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>The domains that public DNS does not have.</summary>
    private static readonly string[] Domains = [".localhost", ".local", ".internal", ".home.arpa", ".lan"];

    /// <summary>Whether the host is a loopback or private address, or a name that public DNS does not have: one without a dot, or in a private domain.</summary>
    public static bool Includes(Uri url)
    {
        string host = url.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out IPAddress? address)
            ? Networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address))
            : !host.Contains('.', StringComparison.Ordinal) || Domains.Any(domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
    }
}
