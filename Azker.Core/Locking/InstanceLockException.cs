namespace Azker.Core.Locking;

/// <summary>
/// The lock cannot be used here: a permission is missing, a lock file is hostile or broken, or the disk is full. The
/// message names the file or blob, the fault and the remedy.
/// </summary>
public sealed class InstanceLockException : Exception
{
    /// <param name="message">The file or blob, the fault and the remedy.</param>
    /// <param name="isPermission">Whether a permission is missing that this process never had, so that an operator has to grant it.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    internal InstanceLockException(string message, bool isPermission, Exception? innerException = null)
        : base(message, innerException) => IsPermission = isPermission;

    /// <summary>
    /// Whether a permission is missing that this process never had, so that an operator has to grant it. A storage that has
    /// let the process in before may let it in again.
    /// </summary>
    public bool IsPermission { get; }
}
