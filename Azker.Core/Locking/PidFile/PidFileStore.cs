using System.Text;
using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.PidFile;

/// <summary>The content that was read from <c>bot.pid</c>.</summary>
/// <param name="Identity">The identity of the file.</param>
/// <param name="Text">The text, as far as it was read.</param>
/// <param name="Record">The record; <see langword="null"/> when the text is not a record.</param>
internal sealed record PidFileContent(FileIdentity Identity, string Text, PidFileRecord? Record);

/// <summary>Reads and writes <c>bot.pid</c>.</summary>
internal static class PidFileStore
{
    private const int MaxLength = 4096;
    private const int ReadAttempts = 100;

    // The writer of a record keeps a shared OS lock on it until it ends. A reader asks for an exclusive lock to learn whether
    // the writer runs. No reader touches the lock on bot.lock, so a reader never blocks a start.
    private const FileShare WhileHeld = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Puts a whole record in place at once, over the old record if there is one.</summary>
    /// <exception cref="InstanceLockException">The record cannot be written; no partial file is left.</exception>
    public static HeldFile Replace(string path, PidFileRecord record)
    {
        try
        {
            using AtomicFile file = AtomicFile.Create(path, RawFile.Readable);
            RawFile.Write(file.Stream, Encoding.UTF8.GetBytes(record.ToText()));
            return new HeldFile(file.Commit(), path);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw LockFault.From(e, path);
        }
    }

    /// <summary>Reads at most 4 KiB, without waiting and without following a link.</summary>
    /// <returns>The content, or <see langword="null"/> when there is no plain file or it cannot be read.</returns>
    public static PidFileContent? Read(string path)
    {
        for (int attempt = 0; attempt < ReadAttempts; attempt++)
        {
            try
            {
                if (FileStat.OfPath(path) is not { Kind: FileKind.Regular })
                {
                    return null;
                }

                using FileStream stream = RawFile.Open(path, FileMode.Open, FileAccess.Read, WhileHeld);
                return Read(stream, path);
            }
            catch (IOException e) when (FileFault.IsBusy(e))
            {
                // The other party: a reader that checks at this moment whether the writer runs.
                Thread.Yield();
            }
            catch (Exception e) when (FileFault.Is(e))
            {
                return null;
            }
        }

        return null;
    }

    /// <returns>Whether the writer still has the file open, or <see langword="null"/> where OS locks do not work.</returns>
    public static bool? IsWriterAlive(string path)
    {
        try
        {
            using FileStream first = RawFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return SecondOpenFails(path) ? false : null;
        }
        catch (IOException e) when (FileFault.IsBusy(e))
        {
            return true;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            return null;
        }
    }

    private static bool SecondOpenFails(string path)
    {
        try
        {
            using FileStream second = RawFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static PidFileContent Read(FileStream stream, string path)
    {
        byte[] bytes = new byte[MaxLength + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        string text = Encoding.UTF8.GetString(bytes, 0, length);
        FileIdentity identity = FileStat.OfHandle(stream.SafeFileHandle, path).Identity;
        return new PidFileContent(identity, text, length <= MaxLength ? PidFileRecord.Parse(text) : null);
    }
}
