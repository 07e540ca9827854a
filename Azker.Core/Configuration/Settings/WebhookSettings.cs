namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="WebhookOptions"/>.</summary>
internal static class WebhookSettings
{
    public static IEnumerable<Setting> All =>
    [
        new FlagSetting(SettingNames.UseWebhook, options => options.Webhook.UseWebhook),
        new UrlSetting(SettingNames.WebhookUrl, options => options.Webhook.Url),
        new TextSetting(SettingNames.WebhookPath, options => options.Webhook.Path, WebhookForms.CheckPath),
        new UrlSetting(SettingNames.WebhookHealthUrl, options => options.Webhook.HealthUrl),
        new TextSetting(SettingNames.WebhookSecret, options => options.Webhook.Secret, WebhookForms.CheckSecret),
        new TextSetting(SettingNames.WebhookSecretPrevious, options => options.Webhook.PreviousSecret, WebhookForms.CheckSecret),
        new UrlSetting(SettingNames.WebhookListen, options => options.Webhook.Listen, WebhookForms.CheckListen, WebhookForms.CompleteListen),
        new UrlSetting(SettingNames.HealthListen, options => options.Webhook.HealthListen, WebhookForms.CheckListen, WebhookForms.CompleteListen),
        new IntegerSetting(SettingNames.WebhookMaxConnections, options => options.Webhook.MaxConnections, 1, MaxConnections),
        new IpAddressSetting(),
        new CertificateSetting(),
        new TextSetting(SettingNames.WebhookGuardSchedule, options => options.Webhook.GuardSchedule, WebhookForms.CheckSchedule),
        new SecondsSetting(SettingNames.WebhookGuardInterval, options => options.Webhook.GuardInterval, 10, 86_400),
        new FlagSetting(SettingNames.WebhookDeleteOnShutdown, options => options.Webhook.DeleteOnShutdown),
    ];

    private static int MaxConnections(AzkerOptions options) => options.Bot.IsLocalServer ? 100_000 : 100;
}
