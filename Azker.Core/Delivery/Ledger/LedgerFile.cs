using System.Buffers;
using System.Security.Cryptography;
using Azker.Core.Infrastructure;
using Microsoft.Win32.SafeHandles;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// The open file of a <see cref="FileLedger"/>: lines are appended, and from time to time it is written anew. A file beside
/// it carries the OS lock by which one process at a time has it open; the system frees that however the process ends.
/// </summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;
    private SafeFileHandle? _handle;

    private LedgerFile(string path, FileStream osLock) => (_path, _lock) = (path, osLock);

    /// <summary>Where the last line ends.</summary>
    public long Length { get; private set; }

    /// <summary>How many lines it has, without the first.</summary>
    public int Records { get; private set; }

    /// <summary>What tells this writing of the whole file from another.</summary>
    public string Generation { get; private set; } = "";

    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UpdateLedgerException">Another process has it open.</exception>
    public static LedgerFile Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream? osLock = null;
        try
        {
            osLock = RawFile.Open(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new LedgerFile(path, osLock)
            {
                _handle = File.Exists(path) ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read) : null,
            };
        }
        catch (IOException error) when (osLock is null && FileFault.IsBusy(error))
        {
            throw new UpdateLedgerException("another process has it, with updates in hand", error);
        }
        catch
        {
            osLock?.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file is as it was left, so that what is known of it still holds.</summary>
    public bool TryResume(string generation, long length, int records)
    {
        if (_handle is null || RandomAccess.GetLength(_handle) != length)
        {
            return false;
        }

        Span<byte> start = stackalloc byte[LedgerContent.HeaderLength];
        start = start[..RandomAccess.Read(_handle, start, 0)];
        if (generation.Length == 0 || LedgerContent.ReadGeneration(start) != generation)
        {
            return false;
        }

        (Generation, Length, Records) = (generation, length, records);
        return true;
    }

    /// <summary>Reads all; what is appended next follows the last good line.</summary>
    /// <returns>What it holds; <see langword="null"/> when there is no file.</returns>
    public LedgerContent? Read()
    {
        if (_handle is null)
        {
            return null;
        }

        LedgerContent content = LedgerContent.Read(ReadBytes(_handle));
        (Generation, Length, Records) = (content.Generation, content.Length, content.Records);
        if (content.Torn > 0)
        {
            RandomAccess.SetLength(_handle, content.Length);
        }

        return content;
    }

    /// <summary>Appends a line; the system has it then, and a crash of this process does not undo it.</summary>
    public void Append(LedgerRecord record)
    {
        byte[] line = record.ToLine();
        RandomAccess.Write(_handle!, line, Length);
        Length += line.Length;
        Records++;
    }

    /// <summary>Ends when all that was appended is on disk.</summary>
    public void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_handle!);
        }
        catch (ObjectDisposedException)
        {
            // The file has been written anew meanwhile; what was appended is in there, and on disk.
        }
    }

    /// <summary>Writes the whole file anew, in a way that leaves the one before until the new one is on disk.</summary>
    public void Rewrite(IEnumerable<LedgerRecord> records)
    {
        string generation = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var content = new ArrayBufferWriter<byte>();
        content.Write(LedgerContent.HeaderOf(generation));
        int count = 0;
        foreach (LedgerRecord record in records)
        {
            content.Write(record.ToLine());
            count++;
        }

        AtomicFile.RemoveLeftovers(_path);
        using (AtomicFile file = AtomicFile.Create(_path))
        {
            RawFile.Write(file.Stream, content.WrittenSpan);
            file.Stream.Flush(flushToDisk: true);

            // The other party: a flush that finds the old file closed, and takes its lines for written. By now they are.
            _handle?.Dispose();
            file.Commit().Dispose();
        }

        _handle = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        (Generation, Length, Records) = (generation, content.WrittenCount, count);
    }

    /// <summary>Keeps the file as it is beside itself; the same content once.</summary>
    /// <returns>The copy's path.</returns>
    public string KeepCopy(LedgerContent content)
    {
        string copy = FormattableString.Invariant($"{_path}.corrupt-{content.Checksum:x8}");
        File.Copy(_path, copy, overwrite: true);
        return copy;
    }

    public void Dispose()
    {
        _handle?.Dispose();
        _lock.Dispose();
    }

    private static byte[] ReadBytes(SafeFileHandle handle)
    {
        byte[] bytes = new byte[RandomAccess.GetLength(handle)];
        int length = 0;
        int read;
        while ((read = RandomAccess.Read(handle, bytes.AsSpan(length), length)) > 0)
        {
            length += read;
        }

        return bytes[..length];
    }
}
