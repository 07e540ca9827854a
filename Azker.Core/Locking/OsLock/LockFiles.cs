using System.Text;

namespace Azker.Core.Locking.OsLock;

/// <summary>The one way lock files are opened.</summary>
internal static class LockFiles
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Opens unbuffered. On Unix <see cref="FileShare.None"/> asks for an exclusive flock, every other share for a shared one.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, UnixFileMode permissions)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = permissions;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes from the start of the file.</summary>
    public static void Write(FileStream stream, string text)
    {
        try
        {
            RandomAccess.Write(stream.SafeFileHandle, Encoding.UTF8.GetBytes(text), 0);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // So .NET reports a file that grows over the limit of the process or of the file system (EFBIG).
            throw new IOException(e.Message, LockFault.FileTooBig);
        }
    }
}
