using System.Net;

namespace Azker.BotApi.Webhooks;

/// <summary>Resolves the host of a webhook.</summary>
/// <param name="host">The host in the URL of the webhook, in lower case. It is never an IP address.</param>
/// <param name="cancellationToken">Cancels the resolution.</param>
/// <returns>The addresses of the host. The server takes an IPv4 address before an IPv6 address.</returns>
/// <exception cref="System.Net.Sockets.SocketException">
/// The host has no address. The server answers setWebhook with 400 and remembers that for 5 min.
/// </exception>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);
