using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// A line of a <see cref="LedgerFile"/>, such as <c>1f2e3d4c done 123456 0 1769763135445</c>: a checksum of the rest
/// (CRC-32C), the state of the update, its id, its failures, and when it was first seen, in Unix milliseconds. The last line
/// of an update counts.
/// </summary>
internal readonly record struct LedgerRecord(string State, int UpdateId, int Failures, long FirstSeenAt)
{
    private const string Claimed = "claim";
    private const string Free = "free";
    private const string Done = "done";
    private const int ChecksumLength = 8;

    public bool IsClaim => State == Claimed;

    public static LedgerRecord Of(LedgerEntry entry) => new(
        entry.IsSettled ? Done : entry.IsInProgress ? Claimed : Free,
        entry.UpdateId,
        entry.Failures,
        entry.FirstSeenAt?.ToUnixTimeMilliseconds() ?? 0);

    /// <summary>The entry, for a process after the one that wrote this line. An attempt that had begun counts as failed.</summary>
    public LedgerEntry ToEntry() => new(UpdateId)
    {
        FirstSeenAt = FirstSeenAt == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(FirstSeenAt),
        Failures = Failures + (IsClaim ? 1 : 0),
        IsSettled = State == Done,
    };

    public byte[] ToLine() => ToLine(string.Create(CultureInfo.InvariantCulture, $"{State} {UpdateId} {Failures} {FirstSeenAt}"));

    /// <summary>A line of any text, with its checksum.</summary>
    public static byte[] ToLine(string text) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Checksum(Encoding.ASCII.GetBytes(text)):x8} {text}\n"));

    /// <returns>The words of a line whose checksum is right; otherwise <see langword="null"/>.</returns>
    public static string[]? ReadWords(ReadOnlySpan<byte> line) =>
        line.Length > ChecksumLength
        && Utf8Parser.TryParse(line[..ChecksumLength], out uint checksum, out int read, 'x')
        && read == ChecksumLength
        && line[ChecksumLength] == (byte)' '
        && checksum == Checksum(line[(ChecksumLength + 1)..])
            ? Encoding.ASCII.GetString(line[(ChecksumLength + 1)..]).Split(' ')
            : null;

    public static LedgerRecord? Parse(string[] words) =>
        words is [Claimed or Free or Done, var id, var failures, var firstSeenAt]
        && int.TryParse(id, CultureInfo.InvariantCulture, out int updateId)
        && int.TryParse(failures, CultureInfo.InvariantCulture, out int count)
        && long.TryParse(firstSeenAt, CultureInfo.InvariantCulture, out long at)
            ? new LedgerRecord(words[0], updateId, count, at)
            : null;

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return ~checksum;
    }
}
