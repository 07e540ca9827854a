using System.Collections;
using System.CommandLine;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Azker.PollingFallback.Language;

/// <summary>
/// The texts of the library that reads the command line. The library has no hook for a language of its own, so its texts are found by
/// its own templates and replaced by those of the console, which have the same names.
/// </summary>
internal static partial class LibraryTexts
{
    /// <summary>The start of the names of these texts among those of the console.</summary>
    public const string Prefix = "Library";

    /// <summary>All texts of the library in English, by name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Read();

    /// <summary>The longest text comes first, because some of them begin alike.</summary>
    private static readonly Lazy<(Regex Form, string Name)[]> Forms = new(() =>
        [.. All.OrderByDescending(text => text.Value.Length).Select(text => (FormOf(text.Value), Prefix + text.Key))]);

    /// <summary>The label of one of the texts that stand in the middle of a line, in English and in the console's language.</summary>
    public static (string English, string Text) Label(string name) => (All[name], TextOf(Prefix + name));

    /// <summary>Translates a line that is one text of the library.</summary>
    /// <returns><see langword="null"/> for a line that is none.</returns>
    public static string? Find(string line) => Forms.Value
        .Select(form => (Match: form.Form.Match(line), form.Name))
        .Where(found => found.Match.Success)
        .Select(found => string.Format(CultureInfo.InvariantCulture, TextOf(found.Name), [.. found.Match.Groups.Values.Skip(1).Select(group => group.Value)]))
        .FirstOrDefault();

    private static string TextOf(string name) => Texts.ResourceManager.GetString(name, Texts.Culture)!;

    private static Dictionary<string, string> Read()
    {
        using ResourceSet set = new ResourceManager("System.CommandLine.Properties.Resources", typeof(RootCommand).Assembly)
            .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        return set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static Regex FormOf(string template) =>
        new($"^{Placeholder().Replace(Regex.Escape(template.TrimEnd()), "(.*)")}$", RegexOptions.NonBacktracking | RegexOptions.Singleline);

    [GeneratedRegex(@"\\\{[0-9]+}")]
    private static partial Regex Placeholder();
}
