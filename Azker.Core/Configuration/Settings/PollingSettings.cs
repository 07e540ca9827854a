namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="PollingOptions"/>.</summary>
internal static class PollingSettings
{
    public static IEnumerable<Setting> All =>
    [
        new SecondsSetting(SettingNames.PollTimeout, options => options.Polling.Timeout, 1, 50),
        new FlagSetting(SettingNames.LockWait, options => options.Polling.Standby),
    ];
}
