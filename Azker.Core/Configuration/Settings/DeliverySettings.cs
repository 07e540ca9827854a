namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="DeliveryOptions"/>.</summary>
internal static class DeliverySettings
{
    public static IEnumerable<Setting> All =>
    [
        new IntegerSetting(SettingNames.MaxConcurrentUpdates, options => options.Delivery.MaxConcurrentUpdates, 1, 1000),
        new IntegerSetting(SettingNames.MaxAttempts, options => options.Delivery.MaxAttempts, 1, 100),
        new IntegerSetting(SettingNames.DeadLetterMax, options => options.Delivery.DeadLetterMax, 1, 1_000_000),
        new IntegerSetting(SettingNames.MaxBackgroundUpdates, options => options.Delivery.MaxBackgroundUpdates, 1, 100_000),
        new SecondsSetting(SettingNames.AcknowledgeAfter, options => options.Delivery.AcknowledgeAfter, 0, 50),
        new SecondsSetting(SettingNames.MaxUpdateAge, options => options.Delivery.MaxUpdateAge, 0, 31_536_000),
        new SecondsSetting(SettingNames.DeadLetterRetention, options => options.Delivery.DeadLetterRetention, 3600, 315_360_000),
        new SecondsSetting(SettingNames.HandlerTimeout, options => options.Delivery.HandlerTimeout, 0.1, 86_400),
        new SecondsSetting(SettingNames.ShutdownTimeout, options => options.Delivery.ShutdownTimeout, 0, 300),
        new LedgerSetting(),
    ];
}
