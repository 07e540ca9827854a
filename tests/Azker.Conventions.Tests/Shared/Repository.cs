using System.Runtime.CompilerServices;

namespace Azker.Conventions.Tests.Shared;

/// <summary>The files of this repository, found upward from this source file.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["bin", "obj", "artifacts", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>The files below a folder whose names match a pattern; none if there is no such folder. Build output is left out.</summary>
    public static IReadOnlyList<RepositoryFile> Files(string folder, string pattern)
    {
        string path = Path.Combine(Root, folder);
        return !Directory.Exists(path)
            ? []
            : [.. Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
                .Select(file => new RepositoryFile(Path.GetRelativePath(Root, file).Replace('\\', '/')))
                .Where(file => !file.Path.Split('/').Intersect(Built).Any())
                .OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        string? folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "azker.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No folder above {here} holds azker.sln. Run the tests beside their sources.");
    }
}
