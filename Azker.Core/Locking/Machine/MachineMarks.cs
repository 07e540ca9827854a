namespace Azker.Core.Locking.Machine;

/// <summary>The marks of the system on which this process runs.</summary>
internal static class MachineMarks
{
    /// <remarks>Some sandboxes of Linux have no abstract sockets.</remarks>
    public static IMachineMarks OfThisSystem(TimeProvider timeProvider)
    {
        var files = new FileMarks(SharedDirectory());
        return OperatingSystem.IsLinux() ? new EitherMarks(new SocketMarks(timeProvider), files) : files;
    }

    /// <summary>A directory that all users of the machine share.</summary>
    private static string SharedDirectory() => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "azker")
        : "/tmp";
}
