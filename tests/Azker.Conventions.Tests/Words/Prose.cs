using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Words;

/// <summary>A text for people: a comment, a string literal, a log message or a page.</summary>
/// <param name="File">The file that holds it.</param>
/// <param name="Line">The line of the file at which it starts, counted from 1.</param>
/// <param name="Text">
/// The text with the file's line breaks, and with the word <c>code</c> for each piece of code in it. <see cref="Start"/> stands
/// before each part that starts a sentence of its own; <see cref="Title"/> stands before a heading.
/// </param>
internal sealed record Prose(RepositoryFile File, int Line, string Text)
{
    public const char Start = '¶';
    public const char Title = '§';
    public const string Code = "code";

    public int LineAt(int index) => Line + Text.AsSpan(0, index).Count('\n');

    public string LineText(int line) =>
        string.Concat(Text.Split('\n')[line - Line].Where(letter => letter is not (Start or Title))).Trim();

    /// <summary>A piece of code that is not read, without a change to the number of lines.</summary>
    public static string Hide(string code) => Code + new string('\n', code.Count(letter => letter == '\n'));
}
