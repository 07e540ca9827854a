namespace Azker.Core.Delivery.Ledger;

/// <summary>The content of a <see cref="LedgerFile"/>, parsed from its bytes.</summary>
/// <param name="Generation">Identifies this rewrite of the file.</param>
/// <param name="Records">The number of good lines.</param>
/// <param name="Last">The last good line of each update, the oldest first.</param>
/// <param name="Length">The end of the last good line.</param>
/// <param name="Torn">The number of bytes after it: a write that a crash cut off.</param>
/// <param name="Corrupt">The numbers, from 1, of the lines before it that differ from what was written.</param>
/// <param name="Checksum">The checksum of all bytes.</param>
internal sealed record LedgerContent(
    string Generation, int Records, IReadOnlyList<LedgerRecord> Last, long Length, long Torn, IReadOnlyList<int> Corrupt, uint Checksum)
{
    private const string Header = "ledger";
    private const string Schema = "1";

    /// <summary>More than the length of a first line.</summary>
    public const int HeaderLength = 64;

    /// <summary>The first line.</summary>
    public static byte[] HeaderOf(string generation) => LedgerRecord.ToLine($"{Header} {Schema} {generation}");

    /// <returns>The generation in a first line; <see langword="null"/> if the text is not a first line.</returns>
    /// <exception cref="UpdateLedgerException">A later version of Azker wrote it.</exception>
    public static string? ReadGeneration(ReadOnlySpan<byte> start)
    {
        int end = start.IndexOf((byte)'\n');
        string[]? words = end < 0 ? null : LedgerRecord.ReadWords(start[..end]);
        return words switch
        {
            [Header, Schema, var generation] => generation,
            [Header, var schema, ..] => throw new UpdateLedgerException(
                $"its format is {schema}, and this version of Azker knows format {Schema}. Run the later version that wrote it"),
            _ => null,
        };
    }

    public static LedgerContent Read(ReadOnlySpan<byte> bytes)
    {
        var records = new List<LedgerRecord>();
        var faulty = new List<int>();
        string? generation = ReadGeneration(bytes);
        (int length, int corrupt, int number) = (0, 0, 0);
        for (int start = 0; start < bytes.Length;)
        {
            number++;
            int end = bytes[start..].IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? bytes[start..] : bytes.Slice(start, end);
            start += line.Length + 1;
            LedgerRecord? record = end >= 0 && LedgerRecord.ReadWords(line) is { } words ? LedgerRecord.Parse(words) : null;
            if (record is null && (number > 1 || generation is null))
            {
                faulty.Add(number);
                continue;
            }

            records.AddRange(record is null ? [] : [record.Value]);
            (length, corrupt) = (start, faulty.Count);
        }

        return new LedgerContent(generation ?? "", records.Count, LastOf(records), length, bytes.Length - length, faulty[..corrupt], LedgerRecord.Checksum(bytes));
    }

    private static List<LedgerRecord> LastOf(List<LedgerRecord> records)
    {
        var seen = new HashSet<int>();
        var last = new List<LedgerRecord>();
        for (int i = records.Count - 1; i >= 0; i--)
        {
            if (seen.Add(records[i].UpdateId))
            {
                last.Add(records[i]);
            }
        }

        last.Reverse();
        return last;
    }
}
