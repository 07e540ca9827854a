using System.Net;

namespace Azker.Core.Infrastructure;

/// <summary>Resolves a host name to addresses; throws a <see cref="System.Net.Sockets.SocketException"/> if there are none.</summary>
internal delegate Task<IPAddress[]> DnsLookup(string host, CancellationToken cancellationToken);
