using System.Text.RegularExpressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="DashboardOptions"/>.</summary>
internal static partial class DashboardSettings
{
    public static IEnumerable<Setting> All =>
    [
        new TextSetting(SettingNames.DashboardKey, options => options.Dashboard.Key, CheckKey),
        new UrlSetting(SettingNames.DashboardListen, options => options.Dashboard.Listen, WebhookForms.CheckListen, WebhookForms.CompleteListen),
    ];

    private static SettingFault? CheckKey(string key) => KeyShape().IsMatch(key)
        ? null
        : new SettingFault(SettingTexts.DashboardKeyCharacters, SettingTexts.ChooseDashboardKey);

    [GeneratedRegex(@"^[!-~]{16,256}\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyShape();
}
