using System.Globalization;

namespace Azker.Core.Configuration.Settings;

/// <summary>Writes the value of a setting as text that a person may read: without secrets.</summary>
internal static class SettingValue
{
    /// <summary>The settings whose values no output shows.</summary>
    private static readonly string[] Secrets =
        [SettingNames.TelegramBotToken, SettingNames.WebhookSecret, SettingNames.WebhookSecretPrevious, SettingNames.Storage];

    public static bool IsSecret(Setting setting) => Secrets.Contains(setting.Name);

    /// <returns>The text; <see langword="null"/> for a secret, and for a setting without a value.</returns>
    public static string? Show(Setting setting, AzkerOptions options) => IsSecret(setting) ? null : Show(setting.Property.Get(options));

    /// <summary>Whether the setting has a value, from a configuration, from code or by default.</summary>
    public static bool IsSet(Setting setting, AzkerOptions options) => setting.Property.Get(options) switch
    {
        null or "" => false,
        BotToken token => token.Reveal().Length > 0,
        _ => true,
    };

    private static string? Show(object? value) => value switch
    {
        null or "" => null,
        TimeSpan time => time.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        Uri { IsAbsoluteUri: true } url => PlainUrlConverter.Show(url),
        bool or UpdateLedgerKind or LogFormat => $"{value}".ToLowerInvariant(),
        IEnumerable<string> items => string.Join(',', items),
        WebhookCertificate certificate => certificate.Fingerprint,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}
