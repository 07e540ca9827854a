using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Azker.Core.Infrastructure;

/// <summary>The names in a directory, which a flush of a file does not put on disk.</summary>
internal static partial class DirectoryEntries
{
    /// <summary>Puts them on disk, where the system lets a program do that: on Windows they are there by themselves.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(Open(directory, flags: 0), ownsHandle: true);
        if (handle.IsInvalid || Synchronize(handle) != 0)
        {
            throw new IOException($"The names in {directory} cannot be put on disk: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle file);
}
