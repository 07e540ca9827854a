using System.Globalization;
using Azker.Core.Locking;

namespace Azker.LockHolding;

/// <summary>
/// Does what a holder does: again and again it checks that the lock is its own, and acts. An act is a line with the
/// moment at which the check began, and the epoch.
/// </summary>
internal static class Acts
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(string directory, IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(Path.Combine(directory, Guid.NewGuid().ToString("N"))) { AutoFlush = true };
        try
        {
            while (true)
            {
                long at = TimeProvider.System.GetTimestamp();
                handle.ThrowIfLost();
                await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{at} {handle.Holder.Epoch} .").AsMemory(), cancellationToken);
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
        catch (Exception e) when (e is InstanceLockLostException or OperationCanceledException)
        {
            // The lock is lost, or about to be released.
        }
    }
}
