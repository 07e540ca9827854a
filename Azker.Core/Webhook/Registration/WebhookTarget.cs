using System.Net;
using System.Net.Sockets;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;

namespace Azker.Core.Webhook.Registration;

/// <summary>
/// Checks the webhook's URL by the rules of a Bot API server before setWebhook is called: a refused setWebhook leaves the bot
/// with no webhook at all (tdlib/telegram-bot-api, Client.cpp).
/// </summary>
internal sealed class WebhookTarget(WebhookOptions webhook, BotOptions bot, DnsLookup resolve, TimeProvider timeProvider)
{
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(10);
    private static readonly int[] Ports = [80, 88, 443, 8443];

    /// <returns>The fault and what to do, in one line; <see langword="null"/> if there is no fault.</returns>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        if (webhook.Url is not { } url)
        {
            return "WEBHOOK_URL is not set. Set the URL at which Telegram reaches the bot.";
        }

        // A Bot API server that the user runs calls any scheme, port and address.
        return bot.IsOwnServer ? null : FindFault(url) ?? await FindAddressFaultAsync(url, cancellationToken);
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

        IPAddress[] addresses = await ResolveAsync(url.DnsSafeHost, cancellationToken);
        if (addresses.Length == 0)
        {
            return $"The host {url.Host} of WEBHOOK_URL cannot be resolved. Check its spelling and its DNS record.";
        }

        return addresses.All(ReservedAddress.Includes)
            ? $"The host {url.Host} of WEBHOOK_URL resolves to {addresses[0]}, which Telegram does not call. Give the host a public IPv4 address, "
                + "or set WEBHOOK_IP_ADDRESS to its public address if only this network resolves it to another."
            : null;
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return [literal];
        }

        try
        {
            return await Deadline.RunAsync(token => resolve(host, token), "DNS", ResolveTimeout, timeProvider, cancellationToken);
        }
        catch (Exception error) when (error is SocketException or TimeoutException)
        {
            return [];
        }
    }
}
