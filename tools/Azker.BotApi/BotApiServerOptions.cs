using System.Net;
using Azker.BotApi.Updates;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi;

/// <summary>The settings of a <see cref="BotApiServer"/>. <see cref="BotApiServer.StartAsync"/> checks them.</summary>
public sealed class BotApiServerOptions
{
    /// <summary>The ports to listen on, at 127.0.0.1.</summary>
    /// <value>At least one port in 0..65535; 0 takes any free port. The default is one free port.</value>
    /// <remarks>The records tell calls apart by port, so two clients on two ports can be told apart.</remarks>
    public IReadOnlyList<int> Ports { get; init; } = [0];

    /// <summary>The tokens that the server accepts.</summary>
    /// <value>The default, null, accepts every well-formed token. The server answers any other token with 401.</value>
    public IReadOnlyCollection<string>? AllowedTokens { get; init; }

    /// <summary>
    /// Whether the server runs as Telegram's own server runs with <c>--local</c>: a webhook may have any scheme, port and address.
    /// </summary>
    /// <value>
    /// The default is false: the rules of Telegram's cloud hold (https, ports 80, 88, 443 and 8443, public IPv4 addresses).
    /// </value>
    public bool Local { get; init; }

    /// <summary>The webhook hosts that live on this machine, by their name in lower case, each with the endpoint to call.</summary>
    /// <value>Loopback endpoints with a port in 1..65535. Empty by default.</value>
    /// <remarks>
    /// A webhook whose URL names such a host is called at the endpoint, whatever port the URL names. The server does not resolve the host
    /// and does not apply the rules on addresses. The rules on scheme and port hold unless <see cref="Local"/> is set.
    /// </remarks>
    public IReadOnlyDictionary<string, IPEndPoint> Hosts { get; init; } = new Dictionary<string, IPEndPoint>();

    /// <summary>The first update_id of each bot.</summary>
    /// <value>
    /// 1..2,000,000,000. The default, null, draws an id from 2,000,001..1,000,000,000 for each bot, as Telegram's server does.
    /// </value>
    public int? FirstUpdateId { get; init; }

    /// <summary>Resolves the host of a webhook that <see cref="Hosts"/> does not contain.</summary>
    /// <value>The default asks the system. The server calls loopback addresses only: any other address never answers.</value>
    public HostResolver Resolver { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>The first error in the options, or null.</summary>
    internal string? FindFault()
    {
        if (Ports.Count == 0)
        {
            return "Ports is empty and must contain at least one port; 0 takes any free port.";
        }

        if (Ports.Where(port => port is < 0 or > IPEndPoint.MaxPort).Select(port => (int?)port).FirstOrDefault() is { } wrong)
        {
            return $"Ports contains {wrong}. A port is 0 to {IPEndPoint.MaxPort}; 0 takes any free port.";
        }

        if (FirstUpdateId is < 1 or > UpdateQueue.MaxId)
        {
            return $"FirstUpdateId is {FirstUpdateId} and must be 1 to {UpdateQueue.MaxId}.";
        }

        return Hosts.Select(FindFault).FirstOrDefault(fault => fault is not null);
    }

    private static string? FindFault(KeyValuePair<string, IPEndPoint> host) => host switch
    {
        _ when host.Key.Any(char.IsUpper) => $"Hosts contains {host.Key}. Write the host in lower case.",
        _ when !IPAddress.IsLoopback(host.Value.Address) || host.Value.Port == 0 =>
            $"Hosts maps {host.Key} to {host.Value} and must map it to a port of this machine, such as 127.0.0.1:5000.",
        _ => null,
    };
}
