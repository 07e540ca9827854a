namespace Azker.Core.Infrastructure;

/// <summary>Classifies what the system answers about a file.</summary>
internal static class FileFault
{
    // .NET gives the plain errno as HResult on Unix, and 0x8007 with the Win32 code on Windows.
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsFileExists = unchecked((int)0x80070050);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int FileExists = 17;
    private const int FileTooBig = 27;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int LinuxWouldBlock = 11;
    private const int LinuxQuota = 122;
    private const int MacWouldBlock = 35;
    private const int MacQuota = 69;

    /// <summary>Whether the system refused an operation on a file.</summary>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Whether another open file holds the OS lock.</summary>
    public static bool IsBusy(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult == WindowsSharingViolation
        : exception.HResult == (OperatingSystem.IsMacOS() ? MacWouldBlock : LinuxWouldBlock);

    /// <summary>Whether a file that was to be created is there already.</summary>
    public static bool IsExisting(IOException exception) => exception.HResult is FileExists or WindowsFileExists;

    /// <summary>Whether the file system can only be read.</summary>
    public static bool IsReadOnly(Exception exception) => exception.HResult == ReadOnlyFileSystem;

    /// <summary>Whether the disk, the quota or the permitted size of a file is used up.</summary>
    public static bool IsFull(Exception exception) => exception.HResult switch
    {
        NoSpace or FileTooBig or WindowsDiskFull => true,
        LinuxQuota => OperatingSystem.IsLinux(),
        MacQuota => OperatingSystem.IsMacOS(),
        _ => false,
    };

    /// <summary>.NET reports a file that grows over the limit of the process or of the file system (EFBIG) as an argument error.</summary>
    public static IOException TooBig(ArgumentOutOfRangeException exception) => new(exception.Message, FileTooBig);
}
