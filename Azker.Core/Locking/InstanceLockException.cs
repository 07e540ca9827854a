namespace Azker.Core.Locking;

/// <summary>
/// The lock cannot be used here: no permission, a hostile or broken lock file, a full disk. Its message names the
/// file or blob, what is wrong with it and what to do.
/// </summary>
public sealed class InstanceLockException : Exception
{
    /// <param name="message">What is wrong, with which file or blob, and what to do.</param>
    /// <param name="isPermission">Whether the cause is a missing right, which an operator grants.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    internal InstanceLockException(string message, bool isPermission, Exception? innerException = null)
        : base(message, innerException) => IsPermission = isPermission;

    /// <summary>Whether the cause is a missing right, which an operator grants.</summary>
    public bool IsPermission { get; }
}
