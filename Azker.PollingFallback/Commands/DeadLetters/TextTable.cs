namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary>A table as plain text: columns two spaces apart, one line a row.</summary>
internal static class TextTable
{
    /// <param name="rows">The rows, each with as many cells.</param>
    public static string Format(IReadOnlyList<string[]> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(OneLine).ToArray())];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        return string.Join('\n', cells.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    /// <summary>A handler's exception may say anything; a terminal must not take it for a command.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
