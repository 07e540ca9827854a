using System.Text.RegularExpressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>The settings of <see cref="LockOptions"/>.</summary>
internal static partial class LockSettings
{
    public static IEnumerable<Setting> All =>
    [
        new TextSetting(SettingNames.LockContainer, options => options.Lock.Container, CheckContainer),
        new TextSetting(SettingNames.LockName, options => options.Lock.Name, CheckName),
        new SecondsSetting(SettingNames.LockLeaseDuration, options => options.Lock.LeaseDuration, 15, 60, isWhole: true),
        new SecondsSetting(SettingNames.LockDeadline, options => options.Lock.Deadline, 1, 51),
        new SecondsSetting(SettingNames.LockRenewInterval, options => options.Lock.RenewInterval, 0.5, 50),
        new SecondsSetting(SettingNames.LockAttemptTimeout, options => options.Lock.AttemptTimeout, 0.1, 49),
        new FlagSetting(SettingNames.LockFastTakeover, options => options.Lock.FastTakeover),
    ];

    public static string DefaultName(BotToken token) => FormattableString.Invariant($"bot-{token.BotId}");

    private static SettingFault? CheckContainer(string container) => ContainerShape().IsMatch(container)
        ? null
        : new SettingFault(
            SettingTexts.FormatNotContainer(container), SettingTexts.FormatLeaveOutFor(LockOptions.DefaultContainer));

    private static SettingFault? CheckName(string name, AzkerOptions options) => NameShape().IsMatch(name)
        ? null
        : new SettingFault(
            SettingTexts.FormatNotLockName(name), SettingTexts.FormatLeaveOutFor(DefaultName(options.Bot.Token)));

    [GeneratedRegex(@"^(?=.{3,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex ContainerShape();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,199}\z", RegexOptions.NonBacktracking)]
    private static partial Regex NameShape();
}
