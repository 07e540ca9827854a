using System.Net;

namespace Azker.Core.Configuration;

/// <summary>Decides through which proxy a request goes.</summary>
internal static class ProxyRules
{
    /// <param name="network">The proxies.</param>
    /// <param name="server">The URL of the Bot API server.</param>
    /// <returns>The proxy; <see langword="null"/> for none.</returns>
    public static IWebProxy? ForTelegram(NetworkOptions network, Uri server)
    {
        if (network.TelegramProxy is { } told)
        {
            return ProxyAddress.ToProxy(told);
        }

        if (server.IsLoopback || NoProxyList.Includes(network.NoProxy, server))
        {
            return null;
        }

        return ((server.Scheme == Uri.UriSchemeHttps ? network.HttpsProxy : network.HttpProxy) ?? network.AllProxy) is { } proxy
            ? ProxyAddress.ToProxy(proxy)
            : HttpClient.DefaultProxy;
    }

    /// <returns>The proxy of the health probe; <see langword="null"/> for none.</returns>
    public static IWebProxy? ForHealth(NetworkOptions network) => network.HealthProxy is { } proxy ? ProxyAddress.ToProxy(proxy) : null;
}
