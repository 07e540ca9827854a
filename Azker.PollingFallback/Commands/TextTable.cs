namespace Azker.PollingFallback.Commands;

/// <summary>A table as plain text: one line for each row, with two spaces between the columns.</summary>
internal static class TextTable
{
    /// <param name="rows">The rows, all with the same number of cells.</param>
    public static string Format(IReadOnlyList<string[]> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(OneLine).ToArray())];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        return string.Join('\n', cells.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    /// <summary>Replaces the control characters, which the message of a handler's exception may contain and a terminal could take for commands.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
