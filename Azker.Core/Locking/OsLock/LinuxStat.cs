using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Azker.Core.Locking.OsLock;

/// <summary>The kernel's <c>struct statx</c> (linux/stat.h), as far as Azker reads it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal partial struct LinuxStat
{
    public const nint CurrentDirectory = -100;
    public const int NoFollow = 0x100;
    public const int EmptyPath = 0x1000;
    public const uint BasicStats = 0x7ff;
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int AccessDenied = 13;
    public const int NotDirectory = 20;

    [FieldOffset(20)] private readonly uint _owner;
    [FieldOffset(28)] private readonly ushort _mode;
    [FieldOffset(32)] private readonly ulong _inode;
    [FieldOffset(136)] private readonly uint _deviceMajor;
    [FieldOffset(140)] private readonly uint _deviceMinor;

    public readonly FileStat ToFileStat() => new(
        Kind: (_mode & 0xf000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0xa000 => FileKind.SymbolicLink,
            _ => FileKind.Other,
        },
        Identity: new FileIdentity(((ulong)_deviceMajor << 32) | _deviceMinor, _inode),
        Mode: (UnixFileMode)(_mode & 0xfff),
        Owner: _owner);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Statx(nint directory, string path, int flags, uint mask, out LinuxStat stat);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Statx(SafeFileHandle file, string path, int flags, uint mask, out LinuxStat stat);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();
}
