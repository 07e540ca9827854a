using System.Text;
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
    private const string AsideSuffix = ".tmp";

    // A record keeps a shared OS lock for as long as its writer lives, and whoever wants to know whether the writer
    // lives asks for an exclusive one. Nobody takes the lock itself to find that out, so a look never stops a starter.
    private const FileShare WhileHeld = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Puts a whole record in place at once, over whatever record was there.</summary>
    /// <exception cref="InstanceLockException">It cannot be written; nothing of it stays behind.</exception>
    public static HeldFile Replace(string path, PidFileRecord record)
    {
        HeldFile? temporary = null;
        try
        {
            string aside = Aside(path);
            temporary = new HeldFile(LockFiles.Open(aside, FileMode.CreateNew, FileAccess.ReadWrite, WhileHeld, LockFiles.Readable), aside);
            LockFiles.Write(temporary.Stream, record.ToText());
            temporary.Stream.Flush(flushToDisk: true);
            File.Move(aside, path, overwrite: true);
            return new HeldFile(temporary.Stream, path);
        }
        catch (Exception e) when (LockFault.IsFileFault(e))
        {
            Discard(temporary);
            throw LockFault.From(e, path);
        }
    }

    /// <returns>A name beside <paramref name="path"/> that nobody else has.</returns>
    public static string Aside(string path) => $"{path}.{Guid.NewGuid():N}{AsideSuffix}";

    /// <summary>Removes what a writer left that died between creating its record and putting it in place.</summary>
    public static void RemoveLeftovers(string path)
    {
        foreach (string leftover in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*{AsideSuffix}"))
        {
            File.Delete(leftover);
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

                using FileStream stream = LockFiles.Open(path, FileMode.Open, FileAccess.Read, WhileHeld, default);
                return Read(stream, path);
            }
            catch (IOException e) when (LockFault.IsBusy(e))
            {
                // The other party: someone who finds out at this very moment whether the writer lives.
                Thread.Yield();
            }
            catch (Exception e) when (LockFault.IsFileFault(e))
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
            using FileStream first = LockFiles.Open(path, FileMode.Open, FileAccess.Read, FileShare.None, default);
            return SecondOpenFails(path) ? false : null;
        }
        catch (IOException e) when (LockFault.IsBusy(e))
        {
            return true;
        }
        catch (Exception e) when (LockFault.IsFileFault(e))
        {
            return null;
        }
    }

    private static bool SecondOpenFails(string path)
    {
        try
        {
            using FileStream second = LockFiles.Open(path, FileMode.Open, FileAccess.Read, FileShare.None, default);
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

    private static void Discard(HeldFile? file)
    {
        try
        {
            file?.Remove();
        }
        catch (Exception e) when (LockFault.IsFileFault(e))
        {
            // The failure that led here is the one to report.
        }
        finally
        {
            file?.Dispose();
        }
    }
}
