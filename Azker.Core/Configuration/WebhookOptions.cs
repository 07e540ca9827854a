using System.Text.RegularExpressions;

namespace Azker.Core.Configuration;

/// <summary>How Telegram reaches the bot's webhook.</summary>
public sealed partial class WebhookOptions
{
    /// <summary>The default of <see cref="Path"/>.</summary>
    public const string DefaultPath = "/webhook";

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
    /// <c>WEBHOOK_LISTEN</c>: where the console serves the webhook itself, such as <c>http://127.0.0.1:8080</c>. Default
    /// none: it does not.
    /// </summary>
    public Uri? Listen { get; private init; }

    /// <summary>
    /// <c>WEBHOOK_DELETE_ON_SHUTDOWN</c>: whether a graceful stop removes the webhook. Default <see langword="null"/>: it
    /// does with the local lock, since nobody is left to receive, and does not with a blob lease.
    /// </summary>
    public bool? DeleteOnShutdown { get; private init; }

    internal static WebhookOptions Read(SettingsReader settings)
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
            Listen = ReadListen(settings),
            DeleteOnShutdown = settings.OptionalFlag(SettingNames.WebhookDeleteOnShutdown),
        };
    }

    private static string ReadPath(SettingsReader settings)
    {
        string path = settings.Text(SettingNames.WebhookPath) ?? DefaultPath;
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

    private static Uri? ReadListen(SettingsReader settings)
    {
        Uri? listen = settings.HttpUrl(SettingNames.WebhookListen);
        if (listen is not null && listen.PathAndQuery != "/")
        {
            settings.Fault(SettingNames.WebhookListen, $"'{listen}' has a path", "give only scheme, address and port, such as http://127.0.0.1:8080");
        }

        return listen;
    }

    [GeneratedRegex("^(/[A-Za-z0-9._~-]+)+$", RegexOptions.NonBacktracking)]
    private static partial Regex PathShape();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$", RegexOptions.NonBacktracking)]
    private static partial Regex SecretShape();
}
