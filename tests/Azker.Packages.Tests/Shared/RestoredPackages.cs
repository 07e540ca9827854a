namespace Azker.Packages.Tests.Shared;

/// <summary>
/// A folder of restored packages: all that this repository's build has restored, as links, and none of Azker. The packages of the
/// Functions worker look for each other beside themselves, so a fallback folder of NuGet does not serve.
/// </summary>
internal static class RestoredPackages
{
    public static void Link(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string package in Directory.GetDirectories(BuildFacts.PackageFolder).Where(package => !IsOfAzker(Path.GetFileName(package))))
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(package)), package);
        }
    }

    private static bool IsOfAzker(string id) =>
        id == "azker" || id.StartsWith("azker.", StringComparison.Ordinal) || id.StartsWith("azker-", StringComparison.Ordinal);
}
