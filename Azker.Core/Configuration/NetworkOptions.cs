using System.Text.Json.Serialization;

namespace Azker.Core.Configuration;

/// <summary>The way from this machine to Telegram.</summary>
/// <remarks>
/// The URL of a proxy starts with <c>http</c>, <c>https</c>, <c>socks4</c>, <c>socks4a</c> or <c>socks5</c>. It may have a user name and a
/// password, which are secrets.
/// </remarks>
public sealed class NetworkOptions
{
    /// <summary>
    /// <c>TELEGRAM_PROXY</c>: the proxy for all calls of the Bot API, wherever its server is. Default <see langword="null"/>: the proxy
    /// that <see cref="HttpsProxy"/>, <see cref="HttpProxy"/>, <see cref="AllProxy"/> or the system gives.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? TelegramProxy { get; set; }

    /// <summary>
    /// <c>HTTPS_PROXY</c>: the proxy for a Bot API server with an https URL, except on a loopback address and those of
    /// <see cref="NoProxy"/>. Default <see langword="null"/>: <see cref="AllProxy"/>.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? HttpsProxy { get; set; }

    /// <summary><c>HTTP_PROXY</c>: as <see cref="HttpsProxy"/>, for a Bot API server with an http URL.</summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? HttpProxy { get; set; }

    /// <summary>
    /// <c>ALL_PROXY</c>: the proxy in place of <see cref="HttpsProxy"/> and <see cref="HttpProxy"/> where they are not set. Default
    /// <see langword="null"/>: the proxy of the system.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? AllProxy { get; set; }

    /// <summary>
    /// <c>NO_PROXY</c>: the hosts that are called without a proxy, separated by commas: names (with all names below them), IP addresses,
    /// ranges such as <c>10.0.0.0/8</c>, each also with a port, or <c>*</c> for all hosts. <see cref="TelegramProxy"/> ignores it. Default
    /// <see langword="null"/>: only loopback addresses.
    /// </summary>
    public string? NoProxy { get; set; }

    /// <summary>
    /// <c>WEBHOOK_HEALTH_PROXY</c>: the proxy through which a fallback asks for the health of the webhook's program. Default
    /// <see langword="null"/>: no proxy.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? HealthProxy { get; set; }

    /// <summary>
    /// <c>TELEGRAM_CONNECT_TIMEOUT</c>, in seconds: how long a connection to the Bot API server may take to open, with name resolution,
    /// proxy and TLS. Default 10 s, 1 s to 120 s. A slow network needs more, such as five times its round trip.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The parts of the proxies' URLs that must not appear in any output.</summary>
    internal IEnumerable<string?> Secrets =>
        new[] { TelegramProxy, HttpsProxy, HttpProxy, AllProxy, HealthProxy }.OfType<Uri>().SelectMany(ProxyAddress.SecretsOf);
}
