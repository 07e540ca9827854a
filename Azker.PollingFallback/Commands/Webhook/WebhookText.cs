using System.Globalization;
using Azker.Core.Overview;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.Webhook;

/// <summary>The webhook as text for people.</summary>
internal static class WebhookText
{
    public static string Format(WebhookReport info, DateTimeOffset now) => string.Join('\n',
    [
        TextTable.Format(
        [
            [Texts.WebhookRegisteredUrl, info.Url ?? Texts.WebhookNone],
            [Texts.WebhookConfiguredUrl, info.ConfiguredUrl ?? Texts.WebhookNotConfigured],
            [Texts.WebhookPending, info.PendingUpdateCount.ToString(CultureInfo.InvariantCulture)],
            [Texts.WebhookLastError, LastErrorOf(info, now)],
            .. info.IsRegistered ? Details(info) : [],
        ]),
        .. Drift(info),
    ]);

    /// <summary>The differences from the settings in words, a line each.</summary>
    public static IEnumerable<string> Drift(WebhookReport info) => info.Drift.Select(parameter => parameter switch
    {
        "url" when info.IsRegistered => Texts.DriftUrl,
        "url" => Texts.DriftMissing,
        "max_connections" => Texts.DriftMaxConnections,
        "allowed_updates" => Texts.DriftAllowedUpdates,
        "secret_token" => Texts.DriftSecret,
        "ip_address" => Texts.DriftIpAddress,
        "certificate" => Texts.DriftCertificate,
        _ => parameter,
    });

    public static string LastErrorOf(WebhookReport info, DateTimeOffset now) => info.LastErrorAt is { } at
        ? Texts.FormatWebhookErrorAgo(info.LastError, AgeText.Of(now - at))
        : Texts.None;

    private static IEnumerable<string[]> Details(WebhookReport info) =>
    [
        [Texts.WebhookMaxConnections, info.MaxConnections?.ToString(CultureInfo.InvariantCulture) ?? Texts.WebhookServerDefault],
        [Texts.WebhookAllowedUpdates, info.AllowedUpdates is { } kinds ? string.Join(", ", kinds) : Texts.WebhookServerDefault],
        [Texts.WebhookIpAddress, info.IpAddress ?? Texts.None],
        [Texts.WebhookCertificate, info.HasCustomCertificate ? Texts.WebhookOwnCertificate : Texts.WebhookPublicCertificate],
    ];
}
