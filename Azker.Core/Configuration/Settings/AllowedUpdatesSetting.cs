using Azker.Core.Updates;

namespace Azker.Core.Configuration.Settings;

/// <summary>The kinds of update that Telegram sends.</summary>
internal sealed class AllowedUpdatesSetting()
    : TypedSetting<IReadOnlyList<string>>(SettingNames.AllowedUpdates, options => options.Bot.AllowedUpdates)
{
    protected override IReadOnlyList<string> Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        fault = null;
        return text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    protected override SettingFault? Check(IReadOnlyList<string> value, string text, AzkerOptions options)
    {
        string[] unknown = [.. value.Where(kind => UpdateKind.Find(kind) is null)];
        return unknown.Length == 0
            ? null
            : new SettingFault(
                SettingTexts.FormatNotUpdateKind(string.Join(", ", unknown)),
                SettingTexts.FormatChooseFrom(string.Join(", ", UpdateKind.All.Select(kind => kind.Name))));
    }
}
