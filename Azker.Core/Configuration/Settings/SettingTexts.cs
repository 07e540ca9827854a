using System.Globalization;

namespace Azker.Core.Configuration.Settings;

/// <summary>The texts of the setting faults.</summary>
internal static partial class SettingTexts
{
    /// <summary>English by default, whatever the locale is: a host may log the faults. The console chooses the language of its user.</summary>
    static SettingTexts() => Culture = CultureInfo.InvariantCulture;
}
