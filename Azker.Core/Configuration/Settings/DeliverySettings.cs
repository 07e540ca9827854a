namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="DeliveryOptions"/>.</summary>
internal static class DeliverySettings
{
    public static IEnumerable<Setting> All =>
    [
        new IntegerSetting(SettingNames.MaxConcurrentUpdates, options => options.Delivery.MaxConcurrentUpdates, 1, 1000),
        new IntegerSetting(SettingNames.MaxAttempts, options => options.Delivery.MaxAttempts, 1, 100),
        new IntegerSetting(SettingNames.DeadLetterMax, options => options.Delivery.DeadLetterMax, 1, 1_000_000),
        new SecondsSetting(SettingNames.HandlerTimeout, options => options.Delivery.HandlerTimeout, 0.1, 55),
        new SecondsSetting(SettingNames.ShutdownTimeout, options => options.Delivery.ShutdownTimeout, 0, 300),
        new LedgerSetting(),
    ];
}
