using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Azker.Packages.Tests.Shared;

namespace Azker.Packages.Tests;

/// <summary>The metadata of all packages, and how their assemblies were built.</summary>
public sealed class MetadataTests(PackagesFixture packages)
{
    public static TheoryData<string> All =>
    [
        "azker", "azker-botapi", "Azker.AspNetCore", "Azker.AzureFunctions", "Azker.BotApi", "Azker.Core", "Azker.OpenTelemetry",
        "Azker.PollingFallback", "Azker.Templates",
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_says_what_it_is(string id)
    {
        using Package package = packages.Open(id);

        Assert.Equal((id, packages.Version, "MIT", "README.md"), (package["id"], package["version"], package["license"], package["readme"]));
        Assert.EndsWith(".", package["description"], StringComparison.Ordinal);
        Assert.Contains("telegram", package["tags"], StringComparison.Ordinal);
        Assert.Equal("Azker", package["authors"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_has_a_readme_of_its_own_with_its_name(string id)
    {
        using Package package = packages.Open(id);

        Assert.Contains(id, package.Read("README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_release_notes_are_the_section_of_the_version_in_the_changelog(string id)
    {
        using Package package = packages.Open(id);
        string[] sections = File.ReadAllText(Path.Combine(BuildFacts.Repository, "CHANGELOG.md")).Split("\n## ");
        string section = Assert.Single(sections, section => section.StartsWith($"{BuildFacts.Version} ", StringComparison.Ordinal));

        Assert.Equal(section[(section.IndexOf('\n') + 1)..].Trim(), package["releaseNotes"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_names_the_commit_that_it_was_built_from(string id)
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(BuildFacts.Repository, ".git")), "The sources are in no repository of Git.");
        using Package package = packages.Open(id);

        XElement repository = package.Metadata.Elements().Single(element => element.Name.LocalName == "repository");

        Assert.Equal("git", (string?)repository.Attribute("type"));
        Assert.Matches("^[0-9a-f]{40}$", (string?)repository.Attribute("commit"));
    }

    /// <summary>
    /// The compiler marks such an assembly (PE, debug directory, type 16). Two builds of Azker.Core are not equal byte by byte for all that,
    /// because the generator of log messages writes its classes in any order.
    /// </summary>
    [Theory]
    [MemberData(nameof(All))]
    public void The_assemblies_of_a_package_are_compiled_deterministically(string id)
    {
        using Package package = packages.Open(id);

        Assert.All(package.Files.Where(IsOwnAssembly), file =>
        {
            using var assembly = new PEReader(package.Open(file));
            Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        });

        static bool IsOwnAssembly(string file) => Path.GetFileName(file).StartsWith("Azker.", StringComparison.Ordinal) && file.EndsWith(".dll", StringComparison.Ordinal);
    }
}
