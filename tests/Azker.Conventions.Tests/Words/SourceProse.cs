using System.Text.RegularExpressions;
using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Words;

/// <summary>The texts of a C# file: its comments, its XML docs, and the string literals that a person may read.</summary>
internal static partial class SourceProse
{
    public static IEnumerable<Prose> Of(RepositoryFile file) => Of(file, file.Read());

    public static IEnumerable<Prose> Of(RepositoryFile file, string source)
    {
        IReadOnlyList<Piece> pieces = SourceScanner.Scan(source);
        IEnumerable<Piece> comments = pieces.Where(piece => piece.Kind == PieceKind.Comment);
        IEnumerable<Piece> literals = pieces.Where(piece => piece.Kind == PieceKind.Literal && IsForPeople(file, piece));
        return Join(source, comments, BetweenComments()).Concat(Join(source, literals, BetweenLiterals()))
            .Select(text => new Prose(file, LineOf(source, text.Start), Prose.Start + text.Text));
    }

    /// <summary>Literals of tests are data, but for what a test fails with. Log messages are read where they are compiled.</summary>
    private static bool IsForPeople(RepositoryFile file, Piece literal) =>
        Words().IsMatch(literal.Text)
        && !literal.Context.Contains("LoggerMessage(", StringComparison.Ordinal)
        && (!file.Path.StartsWith("tests/", StringComparison.Ordinal) || Failures().IsMatch(literal.Context));

    /// <summary>Joins a text that goes on over several comments or literals.</summary>
    private static IEnumerable<(int Start, string Text)> Join(string source, IEnumerable<Piece> pieces, Regex between)
    {
        (int Start, int End, string Text)? open = null;
        foreach (Piece piece in pieces)
        {
            string text = piece.Kind == PieceKind.Comment ? Content(piece.Text) : piece.Text;
            if (piece.Start < open?.End)
            {
                yield return (piece.Start, Clean(text));
                continue;
            }

            if (open is { } before && between.IsMatch(source[before.End..piece.Start]))
            {
                string gap = new('\n', source.AsSpan(before.End, piece.Start - before.End).Count('\n'));
                open = (before.Start, piece.End, $"{before.Text}{gap}{text}");
                continue;
            }

            if (open is { } ended)
            {
                yield return (ended.Start, Clean(ended.Text));
            }

            open = (piece.Start, piece.End, text);
        }

        if (open is { } last)
        {
            yield return (last.Start, Clean(last.Text));
        }
    }

    private static string Content(string comment) => CommentMarks().Replace(comment, "");

    private static string Clean(string text)
    {
        text = CodeElements().Replace(text, match => Prose.Hide(match.Value));
        text = InlineTags().Replace(text, match => new string('\n', match.Value.Count(letter => letter == '\n')));
        return BlockTags().Replace(text, match => Prose.Start + new string('\n', match.Value.Count(letter => letter == '\n')));
    }

    private static int LineOf(string source, int index) => 1 + source.AsSpan(0, index).Count('\n');

    [GeneratedRegex(@"\p{L}\s+\p{L}")]
    private static partial Regex Words();

    [GeneratedRegex(@"\bthrow\b|Exception\(|\bAssert\.(?:Fail|Skip)|\bEventually\.\w+\(|\bPassUntil\(")]
    private static partial Regex Failures();

    [GeneratedRegex(@"\A[ \t\r]*\n[ \t]*\z")]
    private static partial Regex BetweenComments();

    [GeneratedRegex(@"\A\s*\+\s*\z")]
    private static partial Regex BetweenLiterals();

    [GeneratedRegex(@"^(?:///?|/\*+|\s+\*(?!/))|\*/\z", RegexOptions.Multiline)]
    private static partial Regex CommentMarks();

    [GeneratedRegex(@"`[^`\n]+`|<(?<tag>c|code)>.*?</\k<tag>>|<(?:see|seealso|paramref|typeparamref|inheritdoc)\b[^>]*/>", RegexOptions.Singleline)]
    private static partial Regex CodeElements();

    [GeneratedRegex(@"</?(?:see|a|b|i|em|strong)\b[^>]*>")]
    private static partial Regex InlineTags();

    [GeneratedRegex(@"</?(?:summary|remarks|para|param|typeparam|returns|value|exception|example|list|item|term|description|response)\b[^>]*>")]
    private static partial Regex BlockTags();
}
