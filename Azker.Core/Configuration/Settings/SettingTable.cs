namespace Azker.Core.Configuration.Settings;

/// <summary>All settings, in the order of <see cref="SettingNames"/>.</summary>
internal static class SettingTable
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. BotSettings.All,
        .. NetworkSettings.All,
        .. WebhookSettings.All,
        .. FallbackSettings.All,
        .. PollingSettings.All,
        .. LockSettings.All,
        .. DeliverySettings.All,
        .. StorageSettings.All,
        .. LogSettings.All,
        .. DashboardSettings.All,
    ];

    public static Setting Find(string name) => All.First(setting => setting.Name == name);
}
