using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Azker.Core.Locking.OsLock;

internal enum FileKind
{
    Regular,
    Directory,
    SymbolicLink,
    Other,
}

/// <summary>Distinguishes two files while one of them is kept open: the system does not reuse the number of an open file.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Number);

/// <summary>
/// Describes a file without opening it and without following a link. On Linux the facts come from statx(2), whose layout is
/// the same on every architecture. Elsewhere they come from .NET, which knows no owner and does not recognize a FIFO; there
/// the creation time serves as identity (Windows does not let an open lock file be replaced anyway).
/// </summary>
internal readonly record struct FileStat(FileKind Kind, FileIdentity Identity, UnixFileMode Mode, uint? Owner)
{
    /// <returns>The file at <paramref name="path"/>, or <see langword="null"/> when there is none.</returns>
    public static FileStat? OfPath(string path, bool followLink = false)
    {
        if (!OperatingSystem.IsLinux())
        {
            return PortableOfPath(path, followLink);
        }

        if (LinuxStat.Statx(LinuxStat.CurrentDirectory, path, followLink ? 0 : LinuxStat.NoFollow, LinuxStat.BasicStats, out LinuxStat stat) == 0)
        {
            return stat.ToFileStat();
        }

        return Marshal.GetLastPInvokeError() is LinuxStat.NoEntry or LinuxStat.NotDirectory ? null : throw Failure(path);
    }

    public static FileStat OfHandle(SafeFileHandle handle, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new FileStat(FileKind.Regular, PortableIdentity(File.GetCreationTimeUtc(handle)), default, null);
        }

        return LinuxStat.Statx(handle, "", LinuxStat.EmptyPath, LinuxStat.BasicStats, out LinuxStat stat) == 0
            ? stat.ToFileStat()
            : throw Failure(path);
    }

    private static FileStat? PortableOfPath(string path, bool followLink)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (info.LinkTarget is not null)
        {
            return followLink
                ? info.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target ? PortableOfPath(target.FullName, false) : null
                : new FileStat(FileKind.SymbolicLink, default, default, null);
        }

        FileKind kind = info is DirectoryInfo ? FileKind.Directory : FileKind.Regular;
        return info.Exists ? new FileStat(kind, PortableIdentity(info.CreationTimeUtc), PortableMode(info), null) : null;
    }

    private static FileIdentity PortableIdentity(DateTime created) => new(0, (ulong)created.Ticks);

    private static UnixFileMode PortableMode(FileSystemInfo info) => OperatingSystem.IsWindows() ? default : info.UnixFileMode;

    private static Exception Failure(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        string message = $"{Marshal.GetPInvokeErrorMessage(error)}: {path}";
        return error is LinuxStat.NotPermitted or LinuxStat.AccessDenied ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }
}
