using System.Text.RegularExpressions;
using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Words;

/// <summary>The text of a Markdown page, without its code.</summary>
internal static partial class PageProse
{
    public static Prose Of(RepositoryFile file) => Of(file, file.Read());

    public static Prose Of(RepositoryFile file, string page)
    {
        string text = Fences().Replace(page, match => Prose.Start + new string('\n', match.Value.Count(letter => letter == '\n')));
        text = Code().Replace(text, match => Prose.Hide(match.Value));
        text = Addresses().Replace(text, "]");
        text = Emphasis().Replace(text, "");
        text = Headings().Replace(text, $"{Prose.Title}");
        text = Starts().Replace(text, match => match.Value + Prose.Start);
        return new Prose(file, 1, Prose.Start + text);
    }

    [GeneratedRegex(@"^[ \t]*(?<fence>`{3,}|~{3,}).*?^[ \t]*\k<fence>[ \t]*$|<!--.*?-->", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"(?<ticks>`+)(?!`).+?(?<!`)\k<ticks>(?!`)", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\([^)\s]*\)")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\*+(?=\S)|(?<=\S)\*+")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^#+ ", RegexOptions.Multiline)]
    private static partial Regex Headings();

    /// <summary>The cells of a table, the items of a list, and what follows an empty line or a heading.</summary>
    [GeneratedRegex(@"\||^[ \t]*(?:[-*+]|\d+\.)[ \t]|^[ \t]*(?=\r?\n)|^§[^\n]*\n", RegexOptions.Multiline)]
    private static partial Regex Starts();
}
