using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Azker.Core.Tests.Readme;

/// <summary>SECURITY.md names tests as its evidence, so these tests are there.</summary>
public sealed partial class SecurityPageTests
{
    private const string Page = "SECURITY.md";

    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        ILookup<string, string> tests = Tests();
        (string Class, string Method)[] named = [.. NamedTest().Matches(Pages.Read(Page)).Select(name => (name.Groups["class"].Value, name.Groups["method"].Value))];

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !tests[name.Class].Contains(name.Method));
    }

    [Fact]
    public void Every_threat_has_its_answer_its_tests_and_what_the_operator_does()
    {
        string[] threats = [.. Pages.Section(Page, "## Threat model").Split("\n### ").Skip(1)];

        Assert.NotEmpty(threats);
        Assert.All(threats, threat => Assert.All(
            (string[])["**Threat:**", "**Answer:**", "**Shown by:**", "**Your duty:**"],
            part => Assert.Contains($"\n- {part} ", threat, StringComparison.Ordinal)));
        Assert.All(threats, threat => Assert.Matches(NamedTest(), threat));
    }

    [Fact]
    public void The_build_audits_all_packages_and_pins_each_version()
    {
        var build = XDocument.Parse(Pages.Read("Directory.Build.props"));
        string Value(string name) => Assert.Single(build.Descendants(name)).Value;

        Assert.Equal(("true", "all", "low"), (Value("NuGetAudit"), Value("NuGetAuditMode"), Value("NuGetAuditLevel")));
        Assert.Equal("$(WarningsNotAsErrors);NU1900;NU1905", Value("WarningsNotAsErrors"));
        Assert.All(
            XDocument.Parse(Pages.Read("Directory.Packages.props")).Descendants("PackageVersion"),
            package => Assert.Matches(ExactVersion(), package.Attribute("Version")!.Value));
    }

    /// <summary>The tests of each class, by the file that declares the class.</summary>
    private static ILookup<string, string> Tests() => Pages.Files("*.cs")
        .Where(path => path.StartsWith("tests/", StringComparison.Ordinal))
        .Select(Pages.Read)
        .SelectMany(source => Declaration().Matches(source), (source, type) => (Name: type.Groups["name"].Value, source))
        .SelectMany(type => Test().Matches(type.source), (type, test) => (type.Name, Method: test.Groups["method"].Value))
        .ToLookup(test => test.Name, test => test.Method);

    [GeneratedRegex("`(?<class>[A-Z][A-Za-z0-9]*)\\.(?<method>[A-Z][A-Za-z0-9_]*)`", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"^public (sealed |abstract |partial )*class (?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^    \[(Fact|Theory).*\n(    \[.*\n)*    public (async )?(Task|void) (?<method>\w+)\(", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Test();

    /// <summary>A version without a range and without a star; it may be a prerelease.</summary>
    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)+(-[0-9A-Za-z.-]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ExactVersion();
}
