using System.Reflection;

namespace Azker.Conventions.Tests.Shared;

/// <summary>The assemblies of this repository's projects, as they lie beside the tests.</summary>
internal static class Assemblies
{
    /// <summary>The application whose packages some package sources lack; the tests are built without it.</summary>
    private const string LeftOut = "Azker.Functions";

    /// <summary>The projects at the top of the repository.</summary>
    public static IReadOnlyList<Assembly> Product { get; } =
        [.. Projects("").Where(project => project.Folder == project.Name[..^".csproj".Length] && project.Folder != LeftOut).Select(Load)];

    /// <summary>The tools and the demo.</summary>
    public static IReadOnlyList<Assembly> Tools { get; } = [.. Projects("tools").Concat(Projects("demo")).Select(Load)];

    private static IReadOnlyList<RepositoryFile> Projects(string folder) => Repository.Files(folder, "*.csproj");

    private static Assembly Load(RepositoryFile project)
    {
        string name = project.Name[..^".csproj".Length];
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException exception)
        {
            throw new InvalidOperationException($"{name} does not lie beside the tests. Add a ProjectReference to {project.Path}.", exception);
        }
    }
}
