using System.Xml.Linq;

namespace Azker.Packages.Tests.Shared;

/// <summary>The configuration of NuGet that takes Azker's packages from one folder, and all other packages from the machine's own sources.</summary>
internal static class NuGetConfig
{
    public static void Write(string path, string azkerPackages, IReadOnlyList<string> sources) => new XDocument(
        new XElement(
            "configuration",
            new XElement("packageSources", new XElement("clear"), Add("azker", azkerPackages), sources.Select((source, index) => Add($"machine{index}", source))),
            new XElement(
                "packageSourceMapping",
                new XElement("clear"),
                Map("azker", "azker", "azker-*", "azker.*"),
                sources.Select((_, index) => Map($"machine{index}", "*"))))).Save(path);

    /// <summary>The enabled sources in the output of <c>dotnet nuget list source --format Short</c>: a line such as <c>E folder</c> for each.</summary>
    public static IReadOnlyList<string> ReadSources(string list) =>
        [.. list.Split('\n').Where(line => line.StartsWith('E')).Select(line => line[line.IndexOf(' ')..].Trim())];

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));

    private static XElement Map(string source, params string[] patterns) => new(
        "packageSource",
        new XAttribute("key", source),
        patterns.Select(pattern => new XElement("package", new XAttribute("pattern", pattern))));
}
