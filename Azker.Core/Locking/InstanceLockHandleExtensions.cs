namespace Azker.Core.Locking;

/// <summary>Checks of a held lock.</summary>
internal static class InstanceLockHandleExtensions
{
    /// <summary>Throws when the lock is lost or released. Call it before every action that is reserved to the holder.</summary>
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
