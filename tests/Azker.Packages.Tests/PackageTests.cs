using System.Xml.Linq;
using Azker.Packages.Tests.Shared;

namespace Azker.Packages.Tests;

public sealed class PackageTests(PackagesFixture packages)
{
    /// <summary>The libraries, and the packages of Azker that each uses.</summary>
    private static readonly Dictionary<string, string[]> Uses = new()
    {
        ["Azker.AspNetCore"] = ["Azker.Core"],
        ["Azker.AzureFunctions"] = ["Azker.Core"],
        ["Azker.BotApi"] = [],
        ["Azker.Core"] = [],
        ["Azker.OpenTelemetry"] = ["Azker.Core"],
        ["Azker.PollingFallback"] = ["Azker.AspNetCore", "Azker.Core", "Azker.OpenTelemetry"],
    };

    public static TheoryData<string> Libraries => [.. Uses.Keys];

    [Fact]
    public void Six_libraries_two_tools_and_the_template_are_packed() => Assert.Equal(
        [
            "Azker.AspNetCore.nupkg", "Azker.AspNetCore.snupkg", "Azker.AzureFunctions.nupkg", "Azker.AzureFunctions.snupkg",
            "Azker.BotApi.nupkg", "Azker.BotApi.snupkg", "Azker.Core.nupkg", "Azker.Core.snupkg",
            "Azker.OpenTelemetry.nupkg", "Azker.OpenTelemetry.snupkg",
            "Azker.PollingFallback.nupkg", "Azker.PollingFallback.snupkg", "Azker.Templates.nupkg", "azker-botapi.nupkg", "azker.nupkg",
        ],
        Directory.GetFiles(packages.Packages)
            .Select(file => Path.GetFileName(file).Replace($".{packages.Version}", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_assembly_with_documentation_its_readme_and_the_license(string id)
    {
        string folder = id == "Azker.BotApi" ? $"tools/{id}" : id;
        using Package package = packages.Open(id);

        string[] languages = id is "Azker.Core" or "Azker.PollingFallback" ? [$"lib/net10.0/ar/{id}.resources.dll"] : [];
        Assert.Equal(["LICENSE", "README.md", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", .. languages], package.Files);
        Assert.Equal(File.ReadAllText(Path.Combine(BuildFacts.Repository, folder, "README.md")), package.Read("README.md"));
        Assert.Equal(File.ReadAllText(Path.Combine(BuildFacts.Repository, "LICENSE")), package.Read("LICENSE"));
        Assert.NotEmpty(XDocument.Parse(package.Read($"lib/net10.0/{id}.xml")).Descendants("member"));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_a_package_of_symbols(string id)
    {
        using Package symbols = packages.OpenSymbols(id);

        Assert.Equal([$"lib/net10.0/{id}.pdb"], symbols.Files);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_needs_exactly_its_own_version_of_the_other_libraries(string id)
    {
        using Package package = packages.Open(id);

        Assert.Equal(
            Uses[id].Select(used => (used, $"[{packages.Version}]")),
            package.Dependencies.Where(dependency => dependency.Key.StartsWith("Azker", StringComparison.Ordinal)).Select(dependency => (dependency.Key, dependency.Value)).Order());
        Assert.DoesNotContain(package.Dependencies.Keys, used => used.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("azker", "Azker.PollingFallback.dll")]
    [InlineData("azker-botapi", "Azker.BotApi.dll")]
    public void A_tool_contains_its_program_and_needs_no_other_package(string id, string program)
    {
        using Package package = packages.Open(id);

        Assert.Equal("DotnetTool", (string?)package.Metadata.Descendants().Single(element => element.Name.LocalName == "packageType").Attribute("name"));
        XElement command = XDocument.Parse(package.Read("tools/net10.0/any/DotnetToolSettings.xml")).Descendants("Command").Single();
        Assert.Equal((id, program), ((string?)command.Attribute("Name"), (string?)command.Attribute("EntryPoint")));
        Assert.Contains($"tools/net10.0/any/{program}", package.Files);
        Assert.Contains("README.md", package.Files);
        Assert.Empty(package.Dependencies);
    }

    [Fact]
    public void The_bot_that_ships_with_Azker_is_in_the_tool_alone()
    {
        using Package tool = packages.Open("azker");
        using Package library = packages.Open("Azker.PollingFallback");

        Assert.Contains("tools/net10.0/any/Azker.Samples.Bot.dll", tool.Files);
        Assert.DoesNotContain(library.Dependencies.Keys, used => used.Contains("Samples", StringComparison.Ordinal));
    }
}
