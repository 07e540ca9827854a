using System.Linq.Expressions;

namespace Azker.Core.Configuration.Settings;

/// <summary>A setting that is true or false.</summary>
internal sealed class FlagSetting(string name, Expression<Func<AzkerOptions, bool?>> property) : TypedSetting<bool?>(name, property)
{
    protected override bool? Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        bool? value = text.ToUpperInvariant() switch
        {
            "TRUE" or "1" or "YES" or "ON" => true,
            "FALSE" or "0" or "NO" or "OFF" => false,
            _ => null,
        };
        fault = value is null ? new SettingFault(SettingTexts.FormatNotFlag(text), SettingTexts.SetFlag) : null;
        return value;
    }
}
