using System.CommandLine;
using System.Text.RegularExpressions;
using Azker.Core.Configuration;
using Azker.Core.Tests.Readme;
using Azker.PollingFallback.Commands;

namespace Azker.Deployment.Tests.Docs;

/// <summary>The code and the commands in the docs.</summary>
public sealed partial class SnippetTests
{
    private static readonly string[] Compiled = ["DocumentedHandlers.cs", "DocumentedBot.cs"];

    public static TheoryData<string> Guides => ["docs/handlers.md", "docs/moving.md"];

    public static TheoryData<string> AllPages => [.. Pages.All];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Each_piece_of_code_is_compiled_by_these_tests(string page)
    {
        string[] sources = [.. Compiled.Select(file => Plain(Pages.Read($"tests/Azker.Deployment.Tests/Docs/{file}")))];
        string[] pieces = [.. Code().Matches(Pages.Read(page)).Select(piece => Plain(piece.Groups[1].Value))];

        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Contains(sources, source => source.Contains(piece, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Each_command_line_of_azker_is_complete(string page) => Assert.All(
        Shell().Matches(Pages.Read(page)).SelectMany(block => block.Groups[1].Value.Split('\n')).Where(line => line.StartsWith("azker ", StringComparison.Ordinal)),
        line => Assert.Empty(AzkerCommand.Create(null).Parse(ArgumentsOf(line)).Errors.Select(error => error.Message)));

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Each_command_that_a_sentence_names_exists_with_its_options(string page) => Assert.All(
        Pages.WithoutCode(Pages.Read(page)).Split('`').Where((_, index) => index % 2 == 1).Where(code => FullCommand().IsMatch(code)),
        command => Assert.True(AzkerCommand.Create(null).Parse(ArgumentsOf(command)).Errors.Count == 0 || Unknown(ArgumentsOf(command)) is null, command));

    [Fact]
    public void The_runbook_has_a_section_for_each_alert() => Assert.All(
        Alert().Matches(Pages.Read("docs/dashboard/alerts.yaml")),
        alert => Assert.Contains($"\n## {alert.Groups[1].Value}\n", Pages.Read("docs/operations.md"), StringComparison.Ordinal));

    [Theory]
    [InlineData("docs/operations.md")]
    [InlineData("docs/moving.md")]
    [InlineData("docs/handlers.md")]
    public void Each_setting_that_a_guide_names_exists(string page) => Assert.Empty(
        Setting().Matches(Pages.Read(page)).Select(setting => setting.Groups[1].Value).Distinct()
            .Except(AzkerSettings.Names).Except(["AZKER_LANG", "FUNCTIONS_HTTPWORKER_PORT", "OTEL_EXPORTER_OTLP_ENDPOINT"]));

    /// <summary>The arguments of a line, without its comment, its pipe, and with an ID in place of a placeholder.</summary>
    private static string[] ArgumentsOf(string line) =>
        [.. Rest().Replace(line, "").Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]];

    /// <summary>The first word that is neither a command below the words before it nor an option; a sentence leaves out the arguments.</summary>
    private static string? Unknown(IEnumerable<string> words)
    {
        Command command = AzkerCommand.Create(null);
        foreach (string word in words)
        {
            if (command.Subcommands.FirstOrDefault(each => each.Name == word) is { } next)
            {
                command = next;
            }
            else if (!command.Options.Any(option => option.Name == word || option.Aliases.Contains(word)))
            {
                return word;
            }
        }

        return null;
    }

    /// <summary>Without indentation, and without what only the compiler of the tests needs.</summary>
    private static string Plain(string text) => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("#pragma", StringComparison.Ordinal)).Select(line => line.Trim()));

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^```(?:sh|bash)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shell();

    /// <summary>A command, and not a family of them such as <c>azker parked ...</c>.</summary>
    [GeneratedRegex(@"^azker [a-z][a-z -]*[a-z]$")]
    private static partial Regex FullCommand();

    [GeneratedRegex(@" *[#|].*$")]
    private static partial Regex Rest();

    [GeneratedRegex("- alert: ([A-Za-z]+)")]
    private static partial Regex Alert();

    [GeneratedRegex("`([A-Z][A-Z]+_[A-Z_]+)`")]
    private static partial Regex Setting();
}
