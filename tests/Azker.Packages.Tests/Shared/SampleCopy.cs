namespace Azker.Packages.Tests.Shared;

/// <summary>
/// Copies the samples, and the files of this repository's build above them, which must not reach the samples. The copies take the
/// packages of this run.
/// </summary>
internal static class SampleCopy
{
    /// <summary>The samples and their projects.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } = new Dictionary<string, string>
    {
        ["Console"] = "EchoConsole",
        ["Functions"] = "EchoFunctions",
        ["TwoBots"] = "TwoBots",
        ["Web"] = "EchoWeb",
    };

    /// <returns>The projects of the copies.</returns>
    public static IEnumerable<string> Create(string target, string version)
    {
        Copy("", "Directory.*", target);
        Copy("", "global.json", target);
        Copy("samples", "Directory.*", target);
        foreach ((string sample, string project) in Projects)
        {
            Copy($"samples/{sample}", "*", target);
            Reference(Path.Combine(target, "samples", sample, $"{project}.csproj"), version);
        }

        return Projects.Select(sample => Path.Combine(target, "samples", sample.Key, $"{sample.Value}.csproj"));
    }

    private static void Copy(string folder, string pattern, string target)
    {
        string source = Path.Combine(BuildFacts.Repository, folder);
        Directory.CreateDirectory(Path.Combine(target, folder));
        foreach (string file in Directory.GetFiles(source, pattern))
        {
            File.Copy(file, Path.Combine(target, folder, Path.GetFileName(file)));
        }
    }

    /// <summary>The copy of a sample takes the version of this run in place of the version that the sample names.</summary>
    private static void Reference(string project, string version)
    {
        string named = $"""Version="{BuildFacts.Version}" """.TrimEnd();
        string text = File.ReadAllText(project);
        Assert.Contains(named, text, StringComparison.Ordinal);
        File.WriteAllText(project, text.Replace(named, $"""Version="{version}" """.TrimEnd(), StringComparison.Ordinal));
    }
}
