using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Azker.Core.Infrastructure;

/// <summary>
/// Writes the new content of a file under a temporary name beside it, so that no reader sees a part of it and no crash
/// leaves a part of it. Disposing it before <see cref="Commit"/> removes it and leaves the old content.
/// </summary>
internal sealed partial class AtomicFile : IDisposable
{
    private const string TemporarySuffix = ".tmp";
    private const int BadDescriptor = 9;
    private const int AccessDenied = 13;
    private const int InvalidArgument = 22;

    /// <summary>The file may be renamed and read while it is open. On Unix that is a shared flock.</summary>
    private const FileShare WhileOpen = FileShare.ReadWrite | FileShare.Delete;

    private readonly string _path;
    private readonly string _temporary;
    private bool _isCommitted;

    private AtomicFile(string path, UnixFileMode mode)
    {
        _path = path;
        _temporary = TemporaryOf(path);
        Stream = RawFile.Open(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, WhileOpen, mode);
    }

    /// <summary>The temporary file; <see cref="Commit"/> passes it on.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins the new content of <paramref name="path"/>.</summary>
    /// <param name="path">The file, which need not be there.</param>
    /// <param name="mode">Its Unix rights.</param>
    /// <exception cref="IOException">The system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The right is missing.</exception>
    public static AtomicFile Create(string path, UnixFileMode mode = RawFile.OwnerOnly) => new(path, mode);

    /// <summary>Writes a whole file; it is on disk when this has ended.</summary>
    /// <exception cref="IOException">The system refused; the old content is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The right is missing.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode = RawFile.OwnerOnly)
    {
        using AtomicFile file = Create(path, mode);
        RawFile.Write(file.Stream, content);
        file.Commit().Dispose();
    }

    /// <summary>
    /// Removes what crashed writers of <paramref name="path"/> left behind. The caller excludes every other writer of that
    /// path, whose temporary file this would remove.
    /// </summary>
    public static void RemoveLeftovers(string path)
    {
        foreach (string leftover in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*{TemporarySuffix}"))
        {
            File.Delete(leftover);
        }
    }

    /// <returns>A temporary name beside <paramref name="path"/>, which no other writer has.</returns>
    public static string TemporaryOf(string path) => $"{path}.{Guid.NewGuid():N}{TemporarySuffix}";

    /// <summary>Puts the content on disk, and the file in its place, over the file that was there.</summary>
    /// <returns>The file, still open, which the caller disposes.</returns>
    /// <exception cref="IOException">The system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The right is missing.</exception>
    public FileStream Commit()
    {
        Stream.Flush(flushToDisk: true);
        File.Move(_temporary, _path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(_path)!);
        _isCommitted = true;
        return Stream;
    }

    public void Dispose()
    {
        if (_isCommitted)
        {
            return;
        }

        Stream.Dispose();
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception exception) when (FileFault.Is(exception))
        {
            // The failure that led here is the one to report.
        }
    }

    /// <summary>
    /// Puts the names in a directory on disk, which the flush of a file does not. On Windows they are there by themselves;
    /// some file systems do not let a program do it (EACCES, EBADF, EINVAL), and there the rename is as durable as it can be.
    /// </summary>
    private static void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(Open(directory, flags: 0), ownsHandle: true);
        if ((handle.IsInvalid || Synchronize(handle) != 0) && Marshal.GetLastPInvokeError() is not (AccessDenied or BadDescriptor or InvalidArgument))
        {
            throw new IOException($"The names in {directory} cannot be put on disk: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle file);
}
