using System.Net;

namespace Azker.Core.Configuration;

/// <summary>Reads the value of <c>NO_PROXY</c> as curl does.</summary>
internal static class NoProxyList
{
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <param name="list">The hosts, separated by commas or blanks; <see langword="null"/> for none.</param>
    /// <param name="url">The URL that is called.</param>
    public static bool Includes(string? list, Uri url) => (list ?? "").Split([',', ' '], Trimmed).Any(entry => IsFor(entry, url));

    private static bool IsFor(string entry, Uri url)
    {
        if (entry == "*")
        {
            return true;
        }

        string host = url.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return IPNetwork.TryParse(entry, out IPNetwork network)
                ? network.Contains(address)
                : IPAddress.TryParse(WithoutPort(entry, url), out IPAddress? same) && same.Equals(address);
        }

        string name = WithoutPort(entry, url).Trim('.');
        return host.Equals(name, StringComparison.OrdinalIgnoreCase)
            || (name.Length > 0 && host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
    }

    /// <returns>The host of an entry without the port of the URL. With another port, the entry stays as it is and is no host.</returns>
    private static string WithoutPort(string entry, Uri url)
    {
        string port = FormattableString.Invariant($":{url.Port}");
        bool hasPort = entry.EndsWith(port, StringComparison.Ordinal) && (entry.Count(c => c == ':') == 1 || entry.Contains(']', StringComparison.Ordinal));
        return hasPort ? entry[..^port.Length] : entry;
    }
}
