using System.Net;
using System.Net.Sockets;

namespace Azker.Core.Infrastructure;

/// <summary>The order in which the addresses of a host are tried.</summary>
internal static class AddressOrder
{
    /// <summary>Alternates between the families (RFC 8305, section 4), and keeps the order of the resolver within a family.</summary>
    /// <param name="addresses">The addresses in the order of the resolver.</param>
    /// <param name="preferred">The family to start with; <see langword="null"/> for that of the first address.</param>
    public static IReadOnlyList<IPAddress> Of(IReadOnlyList<IPAddress> addresses, AddressFamily? preferred)
    {
        AddressFamily first = preferred ?? addresses[0].AddressFamily;
        return
        [
            .. addresses.GroupBy(address => address.AddressFamily)
                .SelectMany(family => family.Select((address, rank) => (address, rank)))
                .OrderBy(entry => entry.rank)
                .ThenBy(entry => entry.address.AddressFamily == first ? 0 : 1)
                .Select(entry => entry.address),
        ];
    }
}
