using System.Text.Json;
using System.Text.RegularExpressions;
using Azker.Core.Configuration;
using Azker.Core.Configuration.Settings;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Options;

namespace Azker.Core.Tests.Readme;

public sealed partial class SettingsPageTests
{
    /// <summary>The host of Azure Functions reads them from the same file, Azker does not.</summary>
    private static readonly string[] HostSettings = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsDisableHomepage"];

    private static readonly IReadOnlyList<Match> Rows = TableRow().Matches(Pages.Read("docs/settings.md"));

    [Fact]
    public void The_settings_page_has_every_setting_and_no_other() =>
        Assert.Equal(AzkerSettings.Names.Order(), Rows.Select(row => row.Groups["setting"].Value).Order());

    [Fact]
    public void The_settings_page_names_the_option_of_every_setting() =>
        Assert.Equal(
            SettingTable.All.Select(setting => $"{setting.Name} {setting.Property}").Order(),
            Rows.Select(row => $"{row.Groups["setting"].Value} {row.Groups["option"].Value}").Order());

    [Fact]
    public void The_settings_page_has_the_default_of_every_number_and_duration() =>
        Assert.Equal(
            SettingTable.All.Select(setting => (setting.Name, Default: DefaultOf(setting))).Where(setting => setting.Default is not null).Order(),
            Rows.Select(row => (row.Groups["setting"].Value, (string?)row.Groups["default"].Value)).Where(row => DefaultOf(SettingTable.Find(row.Item1)) is not null).Order());

    [Fact]
    public void The_settings_page_gives_a_unit_to_the_durations_alone() =>
        Assert.Equal(
            SettingTable.All.Where(setting => setting.DefaultValue is TimeSpan).Select(setting => setting.Name).Order(),
            Rows.Where(row => row.Groups["unit"].Value == "s").Select(row => row.Groups["setting"].Value).Order());

    [Fact]
    public void The_faults_in_the_settings_page_are_those_that_Azker_reports()
    {
        var faults = Assert.Throws<OptionsValidationException>(() => AzkerOptions.Read(Settings.Of([(SettingNames.HandlerTimeout, "90")])));

        Assert.All(faults.Failures, fault => Assert.Contains($"\n  {fault}\n", Pages.Read("docs/settings.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_settings_have_every_setting_and_no_other() =>
        Assert.Equal(AzkerSettings.Names.Concat(HostSettings).Order(), Example().Select(setting => setting.Name).Order());

    [Fact]
    public void The_example_settings_are_valid_once_token_and_URL_are_filled_in() => _ = Settings.Read(
    [
        .. Example().Where(setting => setting.Name is not (SettingNames.TelegramBotToken or SettingNames.WebhookUrl)),
        (SettingNames.WebhookUrl, "https://bot.example.com"),
    ]);

    private static string? DefaultOf(Setting setting) => setting.DefaultValue switch
    {
        TimeSpan duration => FormattableString.Invariant($"`{duration.TotalSeconds}`"),
        int number => FormattableString.Invariant($"`{number}`"),
        _ => null,
    };

    private static IEnumerable<(string Name, string? Value)> Example()
    {
        using var example = JsonDocument.Parse(Pages.Read("local.settings.example.json"));
        return [.. example.RootElement.GetProperty("Values").EnumerateObject().Select(setting => (setting.Name, setting.Value.GetString()))];
    }

    [GeneratedRegex(@"^\| `(?<setting>[^`]+)` \| `(?<option>[^`]+)` \| (?<unit>[^|]*?) ?\| (?<default>[^|]*?) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
