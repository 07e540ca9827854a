namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="BotOptions"/>.</summary>
internal static class BotSettings
{
    public static IEnumerable<Setting> All =>
    [
        new TokenSetting(),
        new UrlSetting(SettingNames.TelegramApiUrl, options => options.Bot.ApiUrl, CheckApiUrl),
        new AllowedUpdatesSetting(),
    ];

    private static SettingFault? CheckApiUrl(Uri url) =>
        WebhookForms.CheckOrigin(url, "give only scheme, host and port, such as http://127.0.0.1:8081");
}
