using System.Linq.Expressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>A setting that is a text.</summary>
/// <param name="name">The name.</param>
/// <param name="property">The option.</param>
/// <param name="check">Finds the fault of a text that is set.</param>
internal sealed class TextSetting(
    string name, Expression<Func<AzkerOptions, string?>> property, Func<string, AzkerOptions, SettingFault?> check)
    : TypedSetting<string?>(name, property)
{
    public TextSetting(string name, Expression<Func<AzkerOptions, string?>> property, Func<string, SettingFault?> check)
        : this(name, property, (text, _) => check(text))
    {
    }

    protected override string Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        fault = null;
        return text;
    }

    protected override SettingFault? Check(string? value, string text, AzkerOptions options) => value is null ? null : check(value, options);
}
