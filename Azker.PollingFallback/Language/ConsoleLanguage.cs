using System.Globalization;
using Azker.Core.Configuration.Settings;

namespace Azker.PollingFallback.Language;

/// <summary>Chooses the language of the texts for people: English or Arabic. Log messages stay English.</summary>
internal static class ConsoleLanguage
{
    /// <summary>The setting that overrides the locale.</summary>
    public const string Setting = "AZKER_LANG";

    /// <summary>The variables of the locale, the strongest first (POSIX, Environment Variables).</summary>
    private static readonly string[] Locale = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>Uses the language of the settings or of the locale from now on.</summary>
    /// <param name="variable">Reads a setting or a variable.</param>
    public static void Use(Func<string, string?> variable) => Texts.Culture = SettingTexts.Culture = Find(variable);

    /// <returns>The culture of a language that the console has; the invariant culture means English.</returns>
    public static CultureInfo Find(Func<string, string?> variable)
    {
        string language = Locale.Prepend(Setting).Select(variable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? "";
        return language.Trim().Split('_', '-', '.', '@')[0].Equals("ar", StringComparison.OrdinalIgnoreCase) ? Arabic() : CultureInfo.InvariantCulture;
    }

    /// <summary>A program that knows no other culture than the invariant one (<c>PredefinedCulturesOnly</c>) stays English.</summary>
    private static CultureInfo Arabic()
    {
        try
        {
            return CultureInfo.GetCultureInfo("ar");
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}
