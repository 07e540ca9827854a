namespace Azker.Core.Infrastructure;

/// <summary>Opens and writes files without a buffer, each new file with the rights that it needs.</summary>
internal static class RawFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>On Unix <see cref="FileShare.None"/> asks for an exclusive flock, every other share for a shared one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Whether the file is created.</param>
    /// <param name="access">The access of the caller.</param>
    /// <param name="share">The access of other openers.</param>
    /// <param name="permissions">The Unix rights of a file that is created; the umask takes rights away from them.</param>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, UnixFileMode permissions = OwnerOnly)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = permissions;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes from the start of the file; what follows there stays.</summary>
    public static void Write(FileStream stream, ReadOnlySpan<byte> content)
    {
        try
        {
            RandomAccess.Write(stream.SafeFileHandle, content, 0);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw FileFault.TooBig(exception);
        }
    }
}
