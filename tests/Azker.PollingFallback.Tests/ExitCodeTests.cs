using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Azker.PollingFallback.Tests;

public sealed partial class ExitCodeTests
{
    [Fact]
    public void The_README_lists_the_exit_codes_as_the_help_does()
    {
        string readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../../README.md"));
        string section = readme[readme.IndexOf("## Exit codes", StringComparison.Ordinal)..readme.IndexOf("## What is where", StringComparison.Ordinal)];

        Assert.Equal(
            HelpLine().Matches(ExitCode.Help).Select(line => $"{line.Groups[1]} {line.Groups[2]}"),
            TableRow().Matches(section.Replace("`", "", StringComparison.Ordinal)).Select(row => $"{row.Groups[1]} {row.Groups[2]}"));
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^ *(\d+) +(.+)$", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"^\| (\d+) \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
