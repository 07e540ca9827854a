using Azker.Core.Infrastructure;

namespace Azker.Core.Locking.OsLock;

/// <summary>Writes the messages about lock files and their directory.</summary>
internal static class LockFault
{
    public static InstanceLockException From(Exception e, string path) => e switch
    {
        UnauthorizedAccessException => new InstanceLockException(
            $"Cannot use {path}: permission denied{ForUser}. Give that user the permission to write there, or point DATA_DIR at a directory of its own.",
            isPermission: true,
            e),
        _ when FileFault.IsReadOnly(e) => new InstanceLockException(
            $"Cannot use {path}: its file system is read-only. Make it writable, or point DATA_DIR at a writable directory.",
            isPermission: true,
            e),
        _ when FileFault.IsFull(e) => new InstanceLockException(
            $"Cannot write {path}: the disk or the quota is full. Free some space, then start again; no partial file was left.",
            isPermission: false,
            e),
        _ => new InstanceLockException(
            $"Cannot use {path}: {e.Message.TrimEnd('.')}. Repair it, or point DATA_DIR at another directory.",
            isPermission: false,
            e),
    };

    /// <param name="path">The file or directory.</param>
    /// <param name="finding">The fault; follows the path and "it".</param>
    /// <param name="remedy">The remedy, as a sentence.</param>
    /// <param name="isPermission">Whether a permission is missing.</param>
    public static InstanceLockException Refuse(string path, string finding, string remedy, bool isPermission = false) =>
        new($"Cannot use {path}: it {finding}. {remedy}", isPermission);

    public static InstanceLockException NoOsLocks(string directory) => new(
        $"OS locks do not work in DATA_DIR ({directory}). Point DATA_DIR at a local disk, or set AzureWebJobsStorage to a storage account; "
        + "unset DOTNET_SYSTEM_IO_DISABLEFILELOCKING if it is set.",
        isPermission: false);

    private static string ForUser => OperatingSystem.IsWindows() ? "" : $" for user id {LinuxStat.EffectiveUser()}";
}
