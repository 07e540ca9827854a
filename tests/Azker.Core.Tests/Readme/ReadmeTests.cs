using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Tests.Polling;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Tests.Readme;

/// <summary>Tests that the README and the example settings are right.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    private static readonly IReadOnlyList<string> AllSettings = [.. AzkerSettings.Names];

    /// <summary>Settings in the same file that the host of Azure Functions reads, and Azker does not.</summary>
    private static readonly string[] HostSettings = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsDisableHomepage"];

    [Fact]
    public void The_settings_table_has_every_setting_and_no_other() =>
        Assert.Equal(AllSettings.Order(), TableRow().Matches(Section("## Settings")).Select(row => row.Groups[1].Value).Order());

    [Fact]
    public void The_example_settings_have_every_setting_and_no_other()
    {
        using var example = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "local.settings.example.json")));

        Assert.Equal(AllSettings.Concat(HostSettings).Order(), example.RootElement.GetProperty("Values").EnumerateObject().Select(setting => setting.Name).Order());
    }

    [Fact]
    public void The_example_settings_are_valid_once_the_token_is_filled_in()
    {
        using var example = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "local.settings.example.json")));

        _ = Settings.Read([.. example.RootElement.GetProperty("Values").EnumerateObject()
            .Where(setting => setting.Name != SettingNames.TelegramBotToken)
            .Select(setting => (setting.Name, setting.Value.GetString()))]);
    }

    [Fact]
    public void The_handler_in_the_README_is_the_handler_that_these_tests_compile_and_run()
    {
        string compiled = File.ReadAllText(Path.Combine(Root, "tests/Azker.Core.Tests/Readme/EchoHandler.cs"));
        string indented = string.Join('\n', compiled.TrimEnd().Split('\n').Select(line => line.Length == 0 ? line : "   " + line));

        Assert.Contains(indented, File.ReadAllText(Path.Combine(Root, "README.md")), StringComparison.Ordinal);
        Assert.Contains("azker.AddHandler<EchoHandler>()", Section("## Your own bot in five minutes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handler_in_the_README_echoes()
    {
        await using PollingFixture polling = await PollingFixture.CreateAsync();
        new AzkerBuilder(polling.Services, "").AddHandler<EchoHandler>();
        _ = polling.Start();
        polling.Bot.EnqueueText(5, 5, "say it again");

        await polling.PassUntil(() => polling.Bot.Sent.Count == 1, "the bot echoes");

        Assert.Equal("say it again", polling.Bot.Sent[0].Text);
    }

    private static string Section(string heading)
    {
        string readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        int start = readme.IndexOf(heading, StringComparison.Ordinal);
        int end = readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return readme[start..(end < 0 ? readme.Length : end)];
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^\\| `([^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
