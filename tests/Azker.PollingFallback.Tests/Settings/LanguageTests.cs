using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Tests.Settings;

/// <summary>The texts of the console in both languages.</summary>
public sealed partial class LanguageTests
{
    /// <summary>Words that stay as they are in Arabic: names of programs, protocols and settings.</summary>
    private static readonly string[] Names =
    [
        "Azker", "Telegram", "Webhook", "webhook", "Bot", "API", "JSON", "DNS", "TLS", "IP", "PID", "URL", "MiB", "secret", "token", "UTC", "blob", "blobs",
    ];

    private static readonly Dictionary<string, string> English = Read("Texts.resx");
    private static readonly Dictionary<string, string> Arabic = Read("Texts.ar.resx");

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_placeholders()
    {
        Assert.Equal(English.Keys.Order(), Arabic.Keys.Order());
        Assert.All(English, text => Assert.Equal(Placeholders(text.Value).Order().Distinct(), Placeholders(Arabic[text.Key]).Order().Distinct()));
    }

    [Fact]
    public void No_English_word_is_left_in_an_Arabic_text_but_names()
    {
        Assert.All(Arabic, text => Assert.Empty(Word().Matches(Isolated().Replace(text.Value, "")).Select(word => word.Value).Except(Names)));
    }

    [Fact]
    public void A_placeholder_and_a_command_in_an_Arabic_text_are_isolated_from_its_direction() =>
        Assert.All(Arabic, text => Assert.DoesNotMatch(@"(?<!\u2068)\{\d|--", Isolated().Replace(text.Value, "")));

    [Theory]
    [InlineData("ar", null, null, "ar")]
    [InlineData("AR", null, "en_US.UTF-8", "ar")]
    [InlineData("en", "ar_EG.UTF-8", null, "")]
    [InlineData(null, "ar_EG.UTF-8", "en_US.UTF-8", "ar")]
    [InlineData(" ", null, "ar", "ar")]
    [InlineData(null, null, "arn_CL", "")]
    [InlineData("fr", null, "ar", "")]
    [InlineData(null, null, null, "")]
    public void The_setting_wins_over_the_locale(string? setting, string? all, string? lang, string culture)
    {
        var variables = new Dictionary<string, string?> { ["AZKER_LANG"] = setting, ["LC_ALL"] = all, ["LANG"] = lang };

        Assert.Equal(culture, ConsoleLanguage.Find(variables.GetValueOrDefault).Name);
    }

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(placeholder => placeholder.Value);

    private static Dictionary<string, string> Read(string file, [CallerFilePath] string here = "") =>
        XDocument.Load(Path.Combine(Path.GetDirectoryName(here)!, "../../../Azker.PollingFallback/Language", file)).Root!
            .Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: false));

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\u2068\{\d+\}\u2069|\u2066[^\u2069]*\u2069")]
    private static partial Regex Isolated();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Word();
}
