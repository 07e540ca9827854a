namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="PollingOptions"/>.</summary>
internal static class PollingSettings
{
    public static IEnumerable<Setting> All =>
    [
        new SecondsSetting(SettingNames.PollTimeout, options => options.Polling.Timeout, 1, 50),
        new SecondsSetting(SettingNames.PollGrace, options => options.Polling.Grace, 1, 300),
        new SecondsSetting(SettingNames.PollStopWait, options => options.Polling.StopWait, 0.1, 30),
        new SecondsSetting(SettingNames.PollConfirmTimeout, options => options.Polling.ConfirmTimeout, 0.1, 60),
        new FlagSetting(SettingNames.LockWait, options => options.Polling.Standby),
    ];
}
