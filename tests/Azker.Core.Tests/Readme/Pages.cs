using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Azker.Core.Tests.Readme;

/// <summary>The pages of this repository.</summary>
internal static partial class Pages
{
    private static readonly string[] Built = ["bin", "obj", "node_modules", "artifacts", "packages"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    /// <summary>The paths of all pages below the root, with forward slashes.</summary>
    public static IEnumerable<string> All => Files("*.md");

    /// <summary>The paths of the files of a pattern below the root, without what is built.</summary>
    public static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Intersect(Built).Any())
        .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>A section of a page: from its heading to the next heading of the same level, or of a higher level.</summary>
    public static string Section(string page, string heading)
    {
        string text = Read(page);
        int start = text.IndexOf($"{heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{page} has no section '{heading}'.");
        int level = heading.TakeWhile(letter => letter == '#').Count();
        Match end = new Regex($"^#{{1,{level}}} ", RegexOptions.Multiline).Match(text, start + 1);
        return text[start..(end.Success ? end.Index : text.Length)];
    }

    /// <summary>The text without its blocks of code.</summary>
    public static string WithoutCode(string text) => Fences().Replace(text, "");

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^ *```.*?^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();
}
