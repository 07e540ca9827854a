namespace Azker.Core.Locking;

/// <summary>The receiver lock was lost while it should have been held. The work under it has been stopped.</summary>
public sealed class InstanceLockLostException : Exception
{
    /// <param name="reason">Why it was lost: <see cref="IInstanceLockHandle.LostReason"/>.</param>
    internal InstanceLockLostException(string? reason)
        : base($"The receiver lock was lost: {reason?.TrimEnd('.') ?? "the reason is unknown"}. Receiving has stopped.")
    {
    }
}
