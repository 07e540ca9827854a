namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="BotOptions"/>.</summary>
internal static class BotSettings
{
    public static IEnumerable<Setting> All =>
    [
        new TokenSetting(),
        new UrlSetting(SettingNames.TelegramApiUrl, options => options.Bot.ApiUrl, CheckApiUrl),
        new FlagSetting(SettingNames.TelegramApiLocal, options => options.Bot.ApiLocal),
        new FlagSetting(SettingNames.TelegramTestEnvironment, options => options.Bot.TestEnvironment),
        new AllowedUpdatesSetting(),
    ];

    private static SettingFault? CheckApiUrl(Uri url) =>
        WebhookForms.CheckBase(url, SettingTexts.GiveBase);
}
