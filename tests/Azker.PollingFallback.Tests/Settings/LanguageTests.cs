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
    public static TheoryData<string> Resources => ["Azker.PollingFallback/Language/Texts", "Azker.Core/Configuration/Settings/SettingTexts"];

    private static readonly string[] Names =
    [
        "Azker", "Telegram", "Webhook", "webhook", "Bot", "API", "JSON", "DNS", "TLS", "IP", "PID", "URL", "MiB", "secret", "token", "UTC", "blob", "blobs",
    ];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Both_languages_have_the_same_texts_with_the_same_placeholders(string resource)
    {
        Dictionary<string, string> english = Read($"{resource}.resx");
        Dictionary<string, string> arabic = Read($"{resource}.ar.resx");

        Assert.Equal(english.Keys.Order(), arabic.Keys.Order());
        Assert.All(english, text => Assert.Equal(Placeholders(text.Value).Order().Distinct(), Placeholders(arabic[text.Key]).Order().Distinct()));
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void No_English_word_is_left_in_an_Arabic_text_but_names(string resource)
    {
        Assert.All(Read($"{resource}.ar.resx"), text => Assert.Empty(Word().Matches(Isolated().Replace(text.Value, "")).Select(word => word.Value).Except(Names)));
    }

    /// <summary>Each fault of a setting is made of these texts, so that none is English in Arabic output.</summary>
    [Fact]
    public void The_code_of_the_settings_has_no_text_of_a_fault_in_itself()
    {
        string[] files = Directory.GetFiles(PathOf("Azker.Core/Configuration/Settings"), "*.cs");

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(
            File.ReadLines(file), line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.Contains("FieldNames =", StringComparison.Ordinal) && Sentence().IsMatch(line)));
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void A_placeholder_and_a_command_in_an_Arabic_text_are_isolated_from_its_direction(string resource) =>
        Assert.All(Read($"{resource}.ar.resx"), text => Assert.DoesNotMatch(@"(?<!\u2068)\{\d|--", Isolated().Replace(text.Value, "")));

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

    private static string PathOf(string path, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../..", path);

    private static Dictionary<string, string> Read(string file) => XDocument.Load(PathOf(file)).Root!
            .Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: false));

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\u2068\{\d+\}\u2069|\u2066[^\u2069]*\u2069")]
    private static partial Regex Isolated();

    /// <summary>Three words or more in one string.</summary>
    [GeneratedRegex("\"[^\"]*[a-z]+ [a-z]+ [a-z]+[^\"]*\"")]
    private static partial Regex Sentence();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Word();
}
