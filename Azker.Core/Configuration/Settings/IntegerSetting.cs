using System.Globalization;
using System.Linq.Expressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>A setting that is a whole number.</summary>
internal sealed class IntegerSetting(
    string name, Expression<Func<AzkerOptions, int>> property, int minimum, Func<AzkerOptions, int> maximum) : TypedSetting<int>(name, property)
{
    public IntegerSetting(string name, Expression<Func<AzkerOptions, int>> property, int minimum, int maximum)
        : this(name, property, minimum, _ => maximum)
    {
    }

    protected override int Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        fault = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? null : Fault(text, options);
        return value;
    }

    protected override SettingFault? Check(int value, string text, AzkerOptions options) =>
        value >= minimum && value <= maximum(options) ? null : Fault(text, options);

    private SettingFault Fault(string text, AzkerOptions options) =>
        new(SettingTexts.FormatNotWholeNumber(text, minimum, maximum(options)), SettingTexts.FormatLeaveOutFor(Default));
}
