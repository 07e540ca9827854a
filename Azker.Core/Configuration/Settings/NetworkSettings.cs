namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="NetworkOptions"/>.</summary>
internal static class NetworkSettings
{
    public static IEnumerable<Setting> All =>
    [
        new ProxySetting(SettingNames.TelegramProxy, options => options.Network.TelegramProxy),
        new ProxySetting(SettingNames.HttpsProxy, options => options.Network.HttpsProxy),
        new ProxySetting(SettingNames.HttpProxy, options => options.Network.HttpProxy),
        new ProxySetting(SettingNames.AllProxy, options => options.Network.AllProxy),
        new TextSetting(SettingNames.NoProxy, options => options.Network.NoProxy, (string _) => null),
        new ProxySetting(SettingNames.WebhookHealthProxy, options => options.Network.HealthProxy),
        new SecondsSetting(SettingNames.TelegramConnectTimeout, options => options.Network.ConnectTimeout, 1, 120),
    ];
}
