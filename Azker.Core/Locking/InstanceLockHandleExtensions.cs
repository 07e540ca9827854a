namespace Azker.Core.Locking;

/// <summary>Checks of a held lock.</summary>
internal static class InstanceLockHandleExtensions
{
    /// <summary>Call it before every act that only the lock's holder may do.</summary>
    /// <param name="handle">The lock.</param>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    public static void ThrowIfLost(this IInstanceLockHandle handle)
    {
        if (handle.Remaining <= TimeSpan.Zero || handle.Lost.IsCancellationRequested)
        {
            throw new InstanceLockLostException(handle.LostReason);
        }
    }
}
