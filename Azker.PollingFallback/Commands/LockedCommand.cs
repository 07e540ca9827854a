using Azker.Core.Hosting;
using Azker.Core.Locking;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands;

/// <summary>Runs the part of a command that changes how updates are received, which needs the receiver lock.</summary>
internal static class LockedCommand
{
    /// <exception cref="InstanceLockHeldException">Another instance holds the lock.</exception>
    public static async Task<T> RunAsync<T>(AzkerBot bot, Func<IInstanceLockHandle, Task<T>> command, CancellationToken cancellationToken)
    {
        IInstanceLock instanceLock = bot.Receiver.GetRequiredService<IInstanceLock>();
        await using IInstanceLockHandle? handle = await instanceLock.TryAcquireAsync(cancellationToken);
        return handle is not null
            ? await command(handle)
            : throw new InstanceLockHeldException(await instanceLock.GetHolderAsync(cancellationToken), bot.Options);
    }
}
