using System.Globalization;
using System.Text;

namespace Azker.PollingFallback.Output;

/// <summary>A table as plain text: one line for each row, with two spaces between the columns.</summary>
internal static class TextTable
{
    /// <param name="rows">The rows, all with the same number of cells.</param>
    public static string Format(IReadOnlyList<string[]> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(OneLine).ToArray())];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => WidthOf(row[column])))];
        return string.Join('\n', cells.Select(row => string.Join("  ", row.Select((cell, column) => Pad(cell, widths[column]))).TrimEnd()));
    }

    /// <summary>A text as one line without control characters.</summary>
    public static string Line(string text) => OneLine(text);

    /// <summary>Breaks a line at spaces, so that a terminal does not break it within a word.</summary>
    /// <param name="line">The line.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="indent">The start of each further line.</param>
    public static string Wrap(string line, int width, string indent)
    {
        var wrapped = new StringBuilder();
        int column = 0;
        foreach ((int index, string word) in line.Split(' ').Index())
        {
            bool isNext = index > 0 && column + 1 + WidthOf(word) > width;
            wrapped.Append(index == 0 ? "" : isNext ? $"\n{indent}" : " ").Append(word);
            column = (isNext ? indent.Length : index == 0 ? 0 : column + 1) + WidthOf(word);
        }

        return wrapped.ToString();
    }

    /// <summary>Replaces the control characters, which the message of a handler's exception may contain and a terminal could take for commands.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));

    private static string Pad(string cell, int width) => cell + new string(' ', width - WidthOf(cell));

    /// <summary>Marks, and the characters that isolate a text of the other direction, take no column of a terminal.</summary>
    private static int WidthOf(string cell) => cell.EnumerateRunes().Count(
        rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark));
}
