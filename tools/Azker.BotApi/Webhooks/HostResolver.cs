using System.Net;

namespace Azker.BotApi.Webhooks;

/// <summary>Finds the addresses of a host; throws a <see cref="System.Net.Sockets.SocketException"/> when there are none.</summary>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);
