namespace Azker.Conventions.Tests.Shared;

/// <summary>A file of this repository.</summary>
/// <param name="Path">The path below the repository's root, with forward slashes.</param>
internal sealed record RepositoryFile(string Path)
{
    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string Read() => File.ReadAllText(System.IO.Path.Combine(Repository.Root, Path));

    public string[] ReadLines() => File.ReadAllLines(System.IO.Path.Combine(Repository.Root, Path));
}
