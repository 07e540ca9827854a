using System.Reflection;

namespace Azker.Packages.Tests.Shared;

/// <summary>The facts of the build that made these tests.</summary>
internal static class BuildFacts
{
    public static string Repository => Value("Repository");

    public static string Configuration => Value("Configuration");

    /// <summary>The version of the packages.</summary>
    public static string Version => Value("Version");

    /// <summary>The folder of the packages that this repository uses.</summary>
    public static string PackageFolder => Value("PackageFolder");

    private static string Value(string name) => typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(fact => fact.Key == name).Value!;
}
