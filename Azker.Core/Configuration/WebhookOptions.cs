using System.Net;
using System.Text.Json.Serialization;

namespace Azker.Core.Configuration;

/// <summary>How Telegram reaches the bot's webhook.</summary>
public sealed class WebhookOptions
{
    /// <summary>The default of <see cref="Path"/>.</summary>
    public const string DefaultPath = "/webhook";

    /// <summary>The path of the health report.</summary>
    public const string HealthPath = "/health";

    /// <summary>The default of <see cref="GuardSchedule"/>: every 5 minutes.</summary>
    public const string DefaultGuardSchedule = "0 */5 * * * *";

    /// <summary>
    /// <c>USE_WEBHOOK</c>: whether the webhook receives the updates. Default <see langword="false"/>: the bot polls.
    /// </summary>
    public bool UseWebhook { get; set; }

    /// <summary>
    /// <c>WEBHOOK_URL</c>: the http or https URL that Telegram calls. Default <see langword="null"/>; required with
    /// <see cref="UseWebhook"/>. A URL without a path has <see cref="Path"/> at its end in validated options; a URL with
    /// a path must end in <see cref="Path"/>, and the proxy in front of the bot removes what is before it.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? Url { get; set; }

    /// <summary>
    /// <c>WEBHOOK_PATH</c>: the path of the webhook: letters, digits and <c>- . _ ~ /</c> after a first slash, and not
    /// <see cref="HealthPath"/> or a path of its probes. Default <see cref="DefaultPath"/>.
    /// </summary>
    public string Path { get; set; } = DefaultPath;

    /// <summary>
    /// <c>WEBHOOK_HEALTH_URL</c>: the http or https URL at which a fallback asks for the health of the program that serves the
    /// webhook. Default <see langword="null"/>: <see cref="Url"/> with <see cref="HealthPath"/> in place of <see cref="Path"/>.
    /// </summary>
    [JsonConverter(typeof(PlainUrlConverter))]
    public Uri? HealthUrl { get; set; }

    /// <summary>
    /// <c>WEBHOOK_SECRET</c>: the secret token of the webhook, 1 to 256 of <c>A-Z a-z 0-9 _ -</c> (Bot API, setWebhook).
    /// Default <see langword="null"/>: the secret is derived from the bot's token.
    /// </summary>
    [JsonIgnore]
    public string? Secret { get; set; }

    /// <summary>
    /// <c>WEBHOOK_SECRET_PREVIOUS</c>: a second secret that requests may have, in the form of <see cref="Secret"/>, while
    /// the secret is changed. Default <see langword="null"/>.
    /// </summary>
    [JsonIgnore]
    public string? PreviousSecret { get; set; }

    /// <summary>
    /// <c>WEBHOOK_LISTEN</c>: the address at which the console serves the webhook and <c>/health</c> itself, such as
    /// <c>http://127.0.0.1:8080</c>: plain HTTP, at an IP address or <c>localhost</c>; a reverse proxy in front of it adds
    /// TLS. In a setting also <c>0.0.0.0:8080</c>, <c>:8080</c>, <c>8080</c> or <c>http://*:8080</c>. Default
    /// <see langword="null"/>: the console does not serve the webhook, unless a platform gives it a port by <c>PORT</c>.
    /// </summary>
    public Uri? Listen { get; set; }

    /// <summary>
    /// <c>HEALTH_LISTEN</c>: the address at which the console serves <c>/health</c> alone, in the form of
    /// <see cref="Listen"/>. Default <see langword="null"/>: the console serves it at <see cref="Listen"/> only.
    /// </summary>
    public Uri? HealthListen { get; set; }

    /// <summary>
    /// <c>WEBHOOK_MAX_CONNECTIONS</c>: the number of connections over which Telegram delivers, which is the number of chats
    /// at the same time. Default 40, 1 to 100; up to 100000 with a Bot API server that runs with <c>--local</c> (Bot API, setWebhook). More
    /// connections mean less delay in a rush, fewer connections less load.
    /// </summary>
    public int MaxConnections { get; set; } = 40;

    /// <summary>
    /// <c>WEBHOOK_IP_ADDRESS</c>: the address to which Telegram connects, instead of asking DNS for the URL's host. Default
    /// <see langword="null"/>: Telegram asks DNS.
    /// </summary>
    [JsonIgnore]
    public IPAddress? IpAddress { get; set; }

    /// <summary>
    /// <c>WEBHOOK_CERTIFICATE</c>, in a setting the path of a PEM file: the self-signed certificate, or the root, that
    /// Telegram trusts for this webhook instead of all public authorities. Default <see langword="null"/>: the certificate
    /// of a public authority. <see cref="WebhookCertificate.FromFile"/> and <see cref="WebhookCertificate.FromPem"/> make it.
    /// </summary>
    public WebhookCertificate? Certificate { get; set; }

    /// <summary>
    /// <c>WEBHOOK_GUARD_SCHEDULE</c>: when the Functions app checks the webhook, as an NCRONTAB expression of six fields.
    /// Default <see cref="DefaultGuardSchedule"/>. More checks find drift sooner and cost more invocations.
    /// </summary>
    public string GuardSchedule { get; set; } = DefaultGuardSchedule;

    /// <summary>
    /// <c>WEBHOOK_GUARD_INTERVAL</c>, in seconds: how often a process that serves the webhook itself checks it. Default
    /// 300 s, 10 s to 86400 s. A shorter interval finds drift sooner and sends more requests.
    /// </summary>
    public TimeSpan GuardInterval { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// <c>WEBHOOK_DELETE_ON_SHUTDOWN</c>: whether a graceful stop deletes the webhook. Default <see langword="null"/>: with
    /// the local lock the stop deletes the webhook, since no instance is left to receive; with a blob lease the webhook stays, and so it
    /// does on a host that stops idle programs, such as Cloud Run, where only a request starts the program again.
    /// </summary>
    public bool? DeleteOnShutdown { get; set; }
}
