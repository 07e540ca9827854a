namespace Azker.Core.Locking.Machine;

/// <summary>The marks of the system on which this process runs.</summary>
internal static class MachineMarks
{
    public static IMachineMarks OfThisSystem(TimeProvider timeProvider) =>
        OperatingSystem.IsLinux() ? new SocketMarks(timeProvider) : new FileMarks(SharedDirectory());

    /// <summary>A directory that all users of the machine share.</summary>
    private static string SharedDirectory() => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "azker")
        : "/tmp";
}
