using System.Text.RegularExpressions;

namespace Azker.Core.Tests.Readme;

/// <summary>The metrics in docs/telemetry.md.</summary>
internal static partial class TelemetryPage
{
    private const string Bot = "azker.bot.id";

    public static IReadOnlyList<DocumentedMetric> Metrics { get; } =
    [
        .. Row().Matches(Pages.Section("docs/telemetry.md", "## Metrics")).Select(row => new DocumentedMetric(
            row.Groups["name"].Value,
            row.Groups["kind"].Value,
            row.Groups["unit"].Value,
            [Bot, .. Tag().Matches(row.Groups["tags"].Value).Select(tag => tag.Groups[1].Value)])),
    ];

    [GeneratedRegex(@"^\| `(?<name>azker\.[a-z_.]+)` \| (?<kind>[a-z]+) \| `(?<unit>[^`]+)` \|(?<tags>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Tag();
}

/// <param name="Name">The name.</param>
/// <param name="Kind">The kind of the instrument.</param>
/// <param name="Unit">The unit, as UCUM has it.</param>
/// <param name="Tags">The names of the tags.</param>
internal sealed record DocumentedMetric(string Name, string Kind, string Unit, IReadOnlyList<string> Tags);
