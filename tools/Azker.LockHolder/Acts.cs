using System.Globalization;
using Azker.Core.Locking;

namespace Azker.LockHolding;

/// <summary>Acts as a holder of the lock: it checks again and again that it holds the lock, and acts.</summary>
/// <remarks>An act is a line with the moment at which the check began, and the epoch.</remarks>
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
