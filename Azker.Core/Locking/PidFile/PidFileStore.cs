using System.Text;
using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.PidFile;

/// <summary>What was read from <c>bot.pid</c>.</summary>
/// <param name="Identity">Which file it was.</param>
/// <param name="Text">Its text, or what was readable of it.</param>
/// <param name="Record">Its meaning; <see langword="null"/> when it has none.</param>
internal sealed record PidFileContent(FileIdentity Identity, string Text, PidFileRecord? Record);

/// <summary>Reads and writes <c>bot.pid</c>.</summary>
internal static class PidFileStore
{
    private const int MaxLength = 4096;
    private const int ReadAttempts = 100;

    // A record keeps a shared OS lock for as long as its writer lives, and whoever wants to know whether the writer
    // lives asks for an exclusive one. Nobody takes the lock itself to find that out, so a look never stops a starter.
    private const FileShare WhileHeld = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Puts a whole record in place at once, over whatever record was there.</summary>
    /// <exception cref="InstanceLockException">It cannot be written; nothing of it stays behind.</exception>
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

    /// <summary>Reads at most 4 KiB. Waits for nothing and follows no link.</summary>
    /// <returns>What is there, or <see langword="null"/> when there is no plain file or it cannot be read.</returns>
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
                // The other party: someone who finds out at this very moment whether the writer lives.
                Thread.Yield();
            }
            catch (Exception e) when (FileFault.Is(e))
            {
                return null;
            }
        }

        return null;
    }

    /// <returns>Whether someone keeps the file open as its writer does, or <see langword="null"/> where no OS lock works.</returns>
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
