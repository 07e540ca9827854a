using System.Globalization;
using System.Text;
using Azker.Core.Infrastructure;

namespace Azker.Core.Locking.OsLock;

/// <summary>
/// A file such as <c>bot.lock</c>, open with an OS lock (flock(2) on Unix), which the kernel frees when the process ends in any way. The
/// file is never removed: after a removal two instances could lock two files.
/// </summary>
internal sealed class LockFile : IDisposable
{
    private const int Attempts = 20;
    private const int MaxEpochLength = 20;

    private LockFile(HeldFile file) => File = file;

    public HeldFile File { get; }

    /// <param name="directory">The directory, which is prepared.</param>
    /// <param name="path">The path of the file in the directory.</param>
    /// <returns>The locked file, or <see langword="null"/> when another instance has it.</returns>
    /// <exception cref="InstanceLockException">The file cannot be opened, or must not be trusted.</exception>
    public static LockFile? TryOpen(LockDirectory directory, string path)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            bool exists = directory.CheckFile(path) is not null;
            switch (TryOpen(path, exists ? FileMode.Open : FileMode.CreateNew, out FileStream? stream))
            {
                case Outcome.Busy:
                    return null;
                case Outcome.Changed:
                    continue;
            }

            // The other party: a program that removed or replaced the file between the open and the lock.
            var file = new HeldFile(stream!, path);
            if (file.FindLoss() is null)
            {
                return new LockFile(file);
            }

            file.Dispose();
        }

        throw LockFault.Refuse(path, "is removed or replaced again and again", "Find the program that does that, and stop it.");
    }

    /// <summary>Whether OS locks work here: a second open has to fail while the first is open.</summary>
    public bool IsExclusive()
    {
        Outcome outcome = TryOpen(File.Path, FileMode.Open, out FileStream? second);
        second?.Dispose();
        return outcome != Outcome.Opened;
    }

    /// <returns>The epoch of the last holder; 0 when it cannot be read.</returns>
    public long ReadEpoch()
    {
        Span<byte> text = stackalloc byte[MaxEpochLength + 1];
        text = text[..RandomAccess.Read(File.Stream.SafeFileHandle, text, 0)];
        int end = text.IndexOf((byte)'\n');
        return end >= 0 && long.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch) ? epoch : 0;
    }

    /// <exception cref="InstanceLockException">The file cannot be written.</exception>
    public void WriteEpoch(long epoch)
    {
        try
        {
            RawFile.Write(File.Stream, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{epoch}\n")));
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw LockFault.From(e, File.Path);
        }
    }

    public void Dispose() => File.Dispose();

    private static Outcome TryOpen(string path, FileMode mode, out FileStream? stream)
    {
        stream = null;
        try
        {
            // Creating and opening are two steps: "open or create" would follow a dangling link and create its target.
            stream = RawFile.Open(path, mode, FileAccess.ReadWrite, FileShare.None);
            return Outcome.Opened;
        }
        catch (IOException e) when (FileFault.IsBusy(e))
        {
            return Outcome.Busy;
        }
        catch (IOException e) when (e is FileNotFoundException || FileFault.IsExisting(e))
        {
            return Outcome.Changed;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw LockFault.From(e, path);
        }
    }

    private enum Outcome
    {
        Opened,
        Busy,

        /// <summary>The file was created or removed since it was checked.</summary>
        Changed,
    }
}
