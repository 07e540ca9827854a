using System.Buffers;
using System.Security.Cryptography;
using Azker.Core.Infrastructure;
using Microsoft.Win32.SafeHandles;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// The open file of a <see cref="FileLedger"/>: lines are appended, and from time to time the file is rewritten. A file
/// beside it carries an OS lock, so that one process at a time has the ledger open; the system frees the lock when the
/// process ends in any way.
/// </summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;
    private SafeFileHandle? _handle;

    private LedgerFile(string path, FileStream osLock) => (_path, _lock) = (path, osLock);

    /// <summary>The end of the last line.</summary>
    public long Length { get; private set; }

    /// <summary>The number of lines without the first line.</summary>
    public int Records { get; private set; }

    /// <summary>Identifies this rewrite of the file.</summary>
    public string Generation { get; private set; } = "";

    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UpdateLedgerException">Another process has the file open.</exception>
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
            throw new UpdateLedgerException("another process has it open while updates are in flight there", error);
        }
        catch
        {
            osLock?.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file is unchanged since it was closed, so that it need not be read again.</summary>
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

    /// <summary>Reads the file. The next appended line follows the last good line.</summary>
    /// <returns>The content; <see langword="null"/> when there is no file.</returns>
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

    /// <summary>Appends a line. A crash of this process does not undo it, because the system has it.</summary>
    public void Append(LedgerRecord record)
    {
        byte[] line = record.ToLine();
        RandomAccess.Write(_handle!, line, Length);
        Length += line.Length;
        Records++;
    }

    /// <summary>Ends when all appended lines are on disk.</summary>
    public void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_handle!);
        }
        catch (ObjectDisposedException)
        {
            // The file was rewritten meanwhile, and the appended lines are in the new file, on disk.
        }
    }

    /// <summary>Rewrites the file. The old file stays until the new one is on disk.</summary>
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

            // The other party: a flush that finds the old file closed and regards its lines as written. By now they are.
            _handle?.Dispose();
            file.Commit().Dispose();
        }

        _handle = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        (Generation, Length, Records) = (generation, content.WrittenCount, count);
    }

    /// <summary>Copies the file beside itself; the same content gets the same name.</summary>
    /// <returns>The path of the copy.</returns>
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
