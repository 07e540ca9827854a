using System.Globalization;
using System.Linq.Expressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>A setting that is a duration, in seconds.</summary>
internal sealed class SecondsSetting(
    string name, Expression<Func<AzkerOptions, TimeSpan>> property, double minimum, double maximum, bool isWhole = false)
    : TypedSetting<TimeSpan>(name, property)
{
    private const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    /// <summary>More than any setting allows, and less than a <see cref="TimeSpan"/> can hold.</summary>
    private const double Largest = 1e9;

    protected override TimeSpan Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        bool isRead = double.TryParse(text, Styles, CultureInfo.InvariantCulture, out double seconds) && Math.Abs(seconds) <= Largest;
        fault = isRead ? null : Fault(text);
        return isRead ? TimeSpan.FromSeconds(seconds) : default;
    }

    protected override SettingFault? Check(TimeSpan value, string text, AzkerOptions options)
    {
        bool isInRange = value >= TimeSpan.FromSeconds(minimum) && value <= TimeSpan.FromSeconds(maximum);
        return isInRange && !(isWhole && value.Ticks % TimeSpan.TicksPerSecond != 0) ? null : Fault(text);
    }

    protected override string Show(TimeSpan value) => FormattableString.Invariant($"{value.TotalSeconds}");

    private SettingFault Fault(string text) =>
        new(isWhole ? SettingTexts.FormatNotWholeNumber(text, minimum, maximum) : SettingTexts.FormatNotSeconds(text, minimum, maximum),
            SettingTexts.FormatLeaveOutFor(Default.TotalSeconds));
}
