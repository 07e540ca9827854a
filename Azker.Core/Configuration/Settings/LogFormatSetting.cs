namespace Azker.Core.Configuration.Settings;

/// <summary>The form of the console's log lines.</summary>
internal sealed class LogFormatSetting() : TypedSetting<LogFormat>(SettingNames.LogFormat, options => options.Log.Format)
{
    /// <returns>The value of a text; <see langword="null"/> for a text that has none.</returns>
    public static LogFormat? Find(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TEXT" => LogFormat.Text,
        "JSON" => LogFormat.Json,
        _ => null,
    };

    protected override LogFormat Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        LogFormat? format = Find(text);
        fault = format is null ? Fault(text) : null;
        return format ?? default;
    }

    protected override SettingFault? Check(LogFormat value, string text, AzkerOptions options) => Enum.IsDefined(value) ? null : Fault(text);

    private static SettingFault Fault(string text) => new(SettingTexts.FormatNotLogFormat(text), SettingTexts.FormatLeaveOutFor("text"));
}
