using System.Net;
using System.Net.Sockets;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Checks the webhook's URL by the rules of a Bot API server before setWebhook is called: a refused setWebhook leaves the bot
/// with no webhook at all (tdlib/telegram-bot-api, Client.cpp).
/// </summary>
internal sealed partial class WebhookTarget(
    WebhookOptions webhook, BotOptions bot, DnsLookup resolve, TimeProvider timeProvider, ILogger<WebhookTarget> logger)
{
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(10);
    private static readonly int[] Ports = [80, 88, 443, 8443];

    /// <summary>The last address that was warned of, so that the warning is logged once.</summary>
    private IPAddress? _warned;

    /// <returns>The fault and what to do, in one line; <see langword="null"/> if there is no fault.</returns>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        if (webhook.Url is not { } url)
        {
            return "WEBHOOK_URL is not set. Set the URL at which Telegram reaches the bot.";
        }

        // A Bot API server with --local calls any scheme, port and address.
        return bot.IsLocalServer ? null : FindFault(url) ?? await FindAddressFaultAsync(url, cancellationToken);
    }

    private string? FindFault(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return $"WEBHOOK_URL starts with {url.Scheme}:, but Telegram calls https: only. Put TLS in front of the bot, or use a tunnel.";
        }

        if (!Ports.Contains(url.Port))
        {
            return $"WEBHOOK_URL has port {url.Port}, but Telegram calls the ports {string.Join(", ", Ports)} only. Use one of them.";
        }

        return webhook.IpAddress is { } address && ReservedAddress.Includes(address)
            ? $"WEBHOOK_IP_ADDRESS is {address}, which Telegram does not call. Set it to a public IPv4 address."
            : null;
    }

    private async Task<string?> FindAddressFaultAsync(Uri url, CancellationToken cancellationToken)
    {
        if (webhook.IpAddress is not null)
        {
            return null;
        }

        if (IPAddress.TryParse(url.IdnHost, out IPAddress? literal))
        {
            return ReservedAddress.Includes(literal)
                ? $"The host of WEBHOOK_URL is {literal}, which Telegram does not call. Use a host with a public IPv4 address."
                : null;
        }

        if (IsLocalhost(url.IdnHost))
        {
            return $"The host of WEBHOOK_URL is {url.IdnHost}, which is this machine only. Use a host with a public IPv4 address.";
        }

        IPAddress[] addresses = await ResolveAsync(url.IdnHost, cancellationToken);
        if (addresses.Length == 0)
        {
            return $"The host {url.Host} of WEBHOOK_URL cannot be resolved. Check its spelling and its DNS record.";
        }

        WarnOf(url.Host, addresses.All(ReservedAddress.Includes) ? addresses[0] : null);
        return null;
    }

    private static bool IsLocalhost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Warns of an address that only this network may give to the name: by split DNS, a VPN, or <c>/etc/hosts</c>.</summary>
    private void WarnOf(string host, IPAddress? address)
    {
        if (address is not null && !address.Equals(_warned))
        {
            Log.Reserved(logger, host, address);
        }

        _warned = address;
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Deadline.RunAsync(token => resolve(host, token), "DNS", ResolveTimeout, timeProvider, cancellationToken);
        }
        catch (Exception error) when (error is SocketException or TimeoutException)
        {
            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3131, LogLevel.Warning, "The host {Host} of WEBHOOK_URL resolves to {Address} from here, which Telegram does not call. The webhook is registered all the same, because Telegram may resolve the host to another address. If Telegram cannot connect, give the host a public IPv4 address.")]
        public static partial void Reserved(ILogger logger, string host, IPAddress address);
    }
}
