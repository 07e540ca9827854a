namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="LogOptions"/>.</summary>
internal static class LogSettings
{
    public static IEnumerable<Setting> All => [new LogFormatSetting()];
}
