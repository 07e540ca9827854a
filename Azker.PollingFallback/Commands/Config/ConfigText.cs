using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.Config;

/// <summary>The settings in force as text for people.</summary>
internal static class ConfigText
{
    private const string Default = "default";

    /// <param name="report">The settings.</param>
    /// <param name="all">Whether the settings with their defaults are shown too.</param>
    public static string Format(ConfigReport report, bool all)
    {
        ConfigSetting[] shown = [.. report.Settings.Where(setting => all || setting.Source != Default)];
        List<string> parts = [TextTable.Format([[Texts.ConfigName, Texts.ConfigSource, Texts.ConfigValue], .. shown.Select(Row)])];
        if (shown.Length < report.Settings.Count)
        {
            parts.Add(Texts.FormatConfigDefaults(report.Settings.Count - shown.Length));
        }

        parts.AddRange(report.Similar.Select(similar => similar.HasEffect
            ? Texts.FormatConfigCase(similar.Name, SourceOf(similar.Source), similar.Setting)
            : Texts.FormatConfigSimilar(similar.Name, SourceOf(similar.Source), similar.Setting)));
        if (report.Faults.Count > 0)
        {
            parts.Add(Texts.ConfigFaults + string.Concat(report.Faults.Select(fault => "\n  " + fault)));
        }

        return string.Join("\n\n", parts);
    }

    /// <summary>The value goes last: a long value would push what follows it off the screen.</summary>
    private static string[] Row(ConfigSetting setting) => [setting.Name, SourceOf(setting.Source), ValueOf(setting)];

    private static string ValueOf(ConfigSetting setting) => setting switch
    {
        { IsSet: false } => Texts.ConfigNoValue,
        { IsSecret: true } => Texts.ConfigSecret,
        _ => setting.Value ?? "",
    };

    private static string SourceOf(string source) => source switch
    {
        "environment" => Texts.SourceEnvironment,
        "platform" => Texts.SourcePlatform,
        "code" => Texts.SourceCode,
        Default => Texts.SourceDefault,
        _ => source,
    };
}
