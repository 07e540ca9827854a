namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="FallbackOptions"/>.</summary>
internal static class FallbackSettings
{
    public static IEnumerable<Setting> All =>
    [
        new SecondsSetting(SettingNames.FallbackGrace, options => options.Fallback.Grace, 1, 3600),
        new SecondsSetting(SettingNames.FailbackDelay, options => options.Fallback.FailbackDelay, 1, 3600),
        new SecondsSetting(SettingNames.FailbackDelayMax, options => options.Fallback.MaxFailbackDelay, 1, 86_400),
        new SecondsSetting(SettingNames.FallbackCheckInterval, options => options.Fallback.CheckInterval, 0.2, 300),
    ];
}
