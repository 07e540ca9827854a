using System.Net;

namespace Azker.Core.Webhook.Registration;

/// <summary>Finds the addresses of a host; throws a <see cref="System.Net.Sockets.SocketException"/> when there are none.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);
