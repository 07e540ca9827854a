using System.Text.RegularExpressions;

namespace Azker.Conventions.Tests.Words;

/// <summary>A word that the project's texts do not use, and what they say instead.</summary>
internal sealed record ForbiddenWord(string Name, string Instead, Regex Pattern)
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public static IReadOnlyList<ForbiddenWord> All { get; } =
    [
        Of("falls", "is cancelled", @"\b(?:falls?|fell|fallen|falling)\b(?!\s+(?:back|behind|below|between|into|outside|over|short|through|under|within)\b)"),
        Of("in hand", "in flight", @"\bin\s+hand\b"),
        Of("done with", "finished", @"(?<!\b(?:nothing|anything)\s+is\s+)\bdone\s+with\b(?<!\bwhat\s+is\s+done\s+with(?=\s+(?:it|them|the|an?)\b))"),
        Of("anew", "again", @"\banew\b"),
        Of("unwell", "unhealthy", @"\bunwell\b"),
        Of(
            "well", "healthy",
            @"(?<!\bas\s+)\bwell\b(?![-\s](?:above|below|configured|defined|enough|formed|in\s+advance|known|over|under|within)\b)"
            // An adverb of time is another sense, but not after a form of "to be".
            + @"(?!(?<!\b(?:are|be|been|being|is|was|were)\s+well)[-\s](?:after|ahead|before|behind|beyond|past)\b)"),
        Of("at work", "in progress", @"\bat\s+work\b"),
        Of("hand back", "fail back", @"\bhand(?:s|ed|ing)?(?:-|\s+)back\b|\bhandback\b"),
        Of("whoever", "the instance that", @"\bwhoever\b"),
        Of("dwell", "failback delay", @"\bdwell(?:s|ed|ing)?\b"),
        new(
            "Who/What", "subject, verb, object",
            new Regex(@"(?<=(?:¶|[.!?:])\s*)(?:Who|What)\s+[a-z']+\b(?![^.!?¶§]*\?)", RegexOptions.CultureInvariant)),
    ];

    /// <summary>The offences of a text in the order of its lines, as <c>file:line: [word] text</c>.</summary>
    public static IEnumerable<string> In(Prose prose) =>
        from word in All
        from match in word.Pattern.Matches(prose.Text)
        orderby match.Index
        let line = prose.LineAt(match.Index)
        select $"{prose.File.Path}:{line}: [{word.Name}; say: {word.Instead}] {prose.LineText(line)}";

    private static ForbiddenWord Of(string name, string instead, string pattern) => new(name, instead, new Regex(pattern, Options));
}
