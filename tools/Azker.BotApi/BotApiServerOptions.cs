using System.Net;
using Azker.BotApi.Webhooks;

namespace Azker.BotApi;

public sealed class BotApiServerOptions
{
    /// <summary>The ports to listen on, at 127.0.0.1; 0 is any free one. The default is one free port.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [0];

    /// <summary>The tokens that are accepted; null accepts every well-formed one.</summary>
    public IReadOnlyCollection<string>? AllowedTokens { get; init; }

    /// <summary>Whether the server runs as with <c>--local</c>: any scheme, port and address for a webhook.</summary>
    public bool Local { get; init; }

    /// <summary>
    /// Hosts (in lower case) that live on this machine: a webhook whose URL names one is neither looked up nor subject to the rules on
    /// addresses, and is called at the endpoint whatever port its URL names. The rules on scheme and port stay.
    /// </summary>
    public IReadOnlyDictionary<string, IPEndPoint> Hosts { get; init; } = new Dictionary<string, IPEndPoint>();

    /// <summary>The first update_id of each bot; null draws one from 2,000,001..1,000,000,000, as the Bot API server does.</summary>
    public int? FirstUpdateId { get; init; }

    /// <summary>Finds the addresses of a webhook's host. The default asks the system. Only loopback addresses are called.</summary>
    public HostResolver Resolver { get; init; } = Dns.GetHostAddressesAsync;
}
