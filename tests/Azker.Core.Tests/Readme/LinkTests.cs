using System.Text.RegularExpressions;

namespace Azker.Core.Tests.Readme;

public sealed partial class LinkTests
{
    public static TheoryData<string> AllPages => [.. Pages.All];

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Every_relative_link_leads_to_a_file_and_to_a_heading_of_it(string page) =>
        Assert.DoesNotContain(
            Link().Matches(Pages.WithoutCode(Pages.Read(page))).Select(link => link.Groups[1].Value),
            link => !link.Contains("://", StringComparison.Ordinal) && !IsThere(page, link));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/architecture.md")]
    public void Every_path_that_the_page_names_exists(string page) =>
        Assert.DoesNotContain(NamedPath().Matches(Pages.WithoutCode(Pages.Read(page))).Select(path => path.Groups[1].Value), path => !Exists(path));

    private static bool IsThere(string page, string link)
    {
        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return Exists(target) && (parts.Length == 1 || Anchors(target).Contains(parts[1]));
    }

    private static bool Exists(string path) => Path.Exists(Path.Combine(Pages.Root, path));

    /// <summary>The anchors that GitHub gives to the headings of a page.</summary>
    private static IEnumerable<string> Anchors(string page) => Heading().Matches(Pages.WithoutCode(Pages.Read(page)))
        .Select(heading => NotInAnchor().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    /// <summary>A path of two parts or more in code letters, from the root of the repository.</summary>
    [GeneratedRegex("`([A-Za-z0-9._-]+/[A-Za-z0-9._/-]*)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NotInAnchor();
}
