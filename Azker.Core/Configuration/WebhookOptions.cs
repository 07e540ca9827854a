using System.Net;
using System.Text.RegularExpressions;

namespace Azker.Core.Configuration;

/// <summary>How Telegram reaches the bot's webhook.</summary>
public sealed partial class WebhookOptions
{
    /// <summary>The default of <see cref="Path"/>.</summary>
    public const string DefaultPath = "/webhook";

    /// <summary>The path of the health report.</summary>
    public const string HealthPath = "/health";

    /// <summary>The default of <see cref="GuardSchedule"/>: every 5 minutes.</summary>
    public const string DefaultGuardSchedule = "0 */5 * * * *";

    /// <summary><c>USE_WEBHOOK</c>: whether the webhook receives the updates. Default false: the bot polls.</summary>
    public bool UseWebhook { get; private init; }

    /// <summary>
    /// The whole URL that Telegram calls: <c>WEBHOOK_URL</c>, with <see cref="Path"/> at its end if it names no path of
    /// its own. <see langword="null"/> when not set; required with <see cref="UseWebhook"/>.
    /// </summary>
    public Uri? Url { get; private init; }

    /// <summary><c>WEBHOOK_PATH</c>: the path of the webhook, starting with a slash. Default <see cref="DefaultPath"/>.</summary>
    public string Path { get; private init; } = DefaultPath;

    /// <summary>
    /// <c>WEBHOOK_SECRET</c>: 1-256 of <c>A-Z a-z 0-9 _ -</c> (Bot API, setWebhook). <see langword="null"/> when not
    /// set: then it is derived from the token.
    /// </summary>
    public string? Secret { get; private init; }

    /// <summary><c>WEBHOOK_SECRET_PREVIOUS</c>: a secret that is accepted as well, for its rotation. Default none.</summary>
    public string? PreviousSecret { get; private init; }

    /// <summary>
    /// <c>WEBHOOK_LISTEN</c>: where the console serves the webhook and <c>/health</c> itself, such as
    /// <c>http://127.0.0.1:8080</c>: plain HTTP, at an IP address or <c>localhost</c>. TLS is left to a reverse proxy in
    /// front of it. Default none: it does not.
    /// </summary>
    public Uri? Listen { get; private init; }

    /// <summary>
    /// <c>HEALTH_LISTEN</c>: where the console serves <c>/health</c>, in the form of <see cref="Listen"/>. Default none: it
    /// does at <see cref="Listen"/> only.
    /// </summary>
    public Uri? HealthListen { get; private init; }

    /// <summary>
    /// <c>WEBHOOK_MAX_CONNECTIONS</c>: over how many connections at most Telegram delivers, which is how many chats at
    /// once. Default 40, 1 to 100; up to 100000 with a Bot API server of one's own (Bot API, setWebhook). More means less
    /// delay in a rush, fewer less load.
    /// </summary>
    public int MaxConnections { get; private init; } = 40;

    /// <summary>
    /// <c>WEBHOOK_IP_ADDRESS</c>: the address to which Telegram connects, instead of asking DNS for the URL's host. Default
    /// <see langword="null"/>: it asks.
    /// </summary>
    public IPAddress? IpAddress { get; private init; }

    /// <summary>
    /// <c>WEBHOOK_CERTIFICATE</c>, the path of a PEM file: the self-signed certificate, or the root, that Telegram trusts for
    /// this webhook, and nothing else. Default <see langword="null"/>: a certificate of a public authority.
    /// </summary>
    public WebhookCertificate? Certificate { get; private init; }

    /// <summary>
    /// <c>WEBHOOK_GUARD_SCHEDULE</c>: when the Functions app looks after the webhook, as an NCRONTAB expression of six
    /// fields. Default <see cref="DefaultGuardSchedule"/>.
    /// </summary>
    public string GuardSchedule { get; private init; } = DefaultGuardSchedule;

    /// <summary>
    /// <c>WEBHOOK_GUARD_INTERVAL</c>: after what time the console that serves the webhook looks after it again. Default
    /// 300 s, 10 s to 86400 s.
    /// </summary>
    public TimeSpan GuardInterval { get; private init; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// <c>WEBHOOK_DELETE_ON_SHUTDOWN</c>: whether a graceful stop removes the webhook. Default <see langword="null"/>: it
    /// does with the local lock, since nobody is left to receive, and does not with a blob lease.
    /// </summary>
    public bool? DeleteOnShutdown { get; private init; }

    internal static WebhookOptions Read(SettingsReader settings, bool isOwnServer)
    {
        bool useWebhook = settings.Flag(SettingNames.UseWebhook, false);
        string path = ReadPath(settings);
        Uri? url = settings.HttpUrl(SettingNames.WebhookUrl);
        if (useWebhook && url is null && !settings.Faults.Any(fault => fault.StartsWith(SettingNames.WebhookUrl, StringComparison.Ordinal)))
        {
            settings.Fault(SettingNames.WebhookUrl, $"it is not set, and {SettingNames.UseWebhook} is true",
                $"set the URL at which Telegram reaches the bot, or set {SettingNames.UseWebhook} to false to poll");
        }

        return new WebhookOptions
        {
            UseWebhook = useWebhook,
            Path = path,
            Url = url is null ? null : WithPath(url, path, settings),
            Secret = ReadSecret(settings, SettingNames.WebhookSecret),
            PreviousSecret = ReadSecret(settings, SettingNames.WebhookSecretPrevious),
            Listen = ReadListen(settings, SettingNames.WebhookListen),
            HealthListen = ReadListen(settings, SettingNames.HealthListen),
            MaxConnections = settings.Integer(SettingNames.WebhookMaxConnections, 40, 1, isOwnServer ? 100_000 : 100),
            IpAddress = ReadIpAddress(settings),
            Certificate = WebhookCertificate.Read(settings),
            GuardSchedule = ReadGuardSchedule(settings),
            GuardInterval = settings.Seconds(SettingNames.WebhookGuardInterval, 300, 10, 86_400),
            DeleteOnShutdown = settings.OptionalFlag(SettingNames.WebhookDeleteOnShutdown),
        };
    }

    private static string ReadPath(SettingsReader settings)
    {
        string path = settings.Text(SettingNames.WebhookPath) ?? DefaultPath;
        if (path == HealthPath)
        {
            settings.Fault(SettingNames.WebhookPath, $"'{path}' is where the health report is", $"choose another, or leave it out for {DefaultPath}");
        }

        if (path.Split('/').Any(segment => segment is "." or ".."))
        {
            settings.Fault(SettingNames.WebhookPath, $"'{path}' has . or .. as a part, which a URL does not keep", $"leave it out for {DefaultPath}");
        }

        if (!PathShape().IsMatch(path))
        {
            settings.Fault(SettingNames.WebhookPath, $"'{path}' is not a path of letters, digits and - . _ ~ / after a first slash",
                $"leave it out for {DefaultPath}");
        }

        return path;
    }

    private static Uri WithPath(Uri url, string path, SettingsReader settings)
    {
        if (url.AbsolutePath == "/" && url.Query.Length == 0)
        {
            return new Uri(url, path);
        }

        if (url.AbsolutePath != path)
        {
            settings.Fault(SettingNames.WebhookUrl, $"its path is '{url.AbsolutePath}', and {SettingNames.WebhookPath} is '{path}'",
                "make the two equal, or leave the path out of the URL");
        }

        return url;
    }

    private static string? ReadSecret(SettingsReader settings, string name)
    {
        string? secret = settings.Text(name);
        if (secret is not null && !SecretShape().IsMatch(secret))
        {
            settings.Fault(name, "its value (not shown here) is not 1 to 256 of the characters A-Z a-z 0-9 _ -",
                "choose another, or leave it out to have one derived from the token");
        }

        return secret;
    }

    private static Uri? ReadListen(SettingsReader settings, string name)
    {
        Uri? listen = settings.HttpUrl(name);
        const string remedy = "give scheme, address and port, such as http://127.0.0.1:8080";
        if (listen is null)
        {
            return null;
        }

        if (listen.PathAndQuery != "/" || listen.UserInfo.Length > 0)
        {
            settings.Fault(name, $"'{listen.Scheme}://{listen.Authority}' is followed by a path, or preceded by a user name", remedy);
        }
        else if (listen.Scheme != Uri.UriSchemeHttp)
        {
            settings.Fault(name, $"'{listen}' asks for TLS, which is left to a reverse proxy such as nginx or Caddy", remedy);
        }
        else if (listen.HostNameType == UriHostNameType.Dns && listen.Host != "localhost")
        {
            settings.Fault(name, $"'{listen.Host}' is neither an IP address nor localhost", $"{remedy}, or http://0.0.0.0:8080 for all of them");
        }

        return listen;
    }

    private static IPAddress? ReadIpAddress(SettingsReader settings)
    {
        if (settings.Text(SettingNames.WebhookIpAddress) is not { } text)
        {
            return null;
        }

        if (!IPAddress.TryParse(text, out IPAddress? address))
        {
            settings.Fault(SettingNames.WebhookIpAddress, $"'{text}' is not an IP address", "give the public address of the webhook, or leave it out to let Telegram ask DNS");
        }

        return address;
    }

    private static string ReadGuardSchedule(SettingsReader settings)
    {
        string schedule = settings.Text(SettingNames.WebhookGuardSchedule) ?? DefaultGuardSchedule;
        if (schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 6)
        {
            settings.Fault(SettingNames.WebhookGuardSchedule, $"'{schedule}' has not the six fields {{second}} {{minute}} {{hour}} {{day}} {{month}} {{day of week}}",
                $"leave it out for {DefaultGuardSchedule}");
        }

        return schedule;
    }

    [GeneratedRegex("^(/[A-Za-z0-9._~-]+)+$", RegexOptions.NonBacktracking)]
    private static partial Regex PathShape();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$", RegexOptions.NonBacktracking)]
    private static partial Regex SecretShape();
}
