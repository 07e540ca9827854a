using Azker.Core.Infrastructure;
using Azker.Core.Locking;

namespace Azker.Core.Webhook.Registration;

/// <summary>A call that only the receiver lock's holder may make.</summary>
internal static class LockedCall
{
    /// <summary>
    /// Makes the call, which ends with the lock. A stop waits for it as long as it may be on its way: one that is given up
    /// before then arrives all the same, and acts on a successor that is there by then.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="what">The call's name.</param>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="limit">The time after which there is no answer.</param>
    /// <param name="longestWay">For how long, from its sending, a stop waits.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="stoppingToken">Asks for the stop.</param>
    /// <returns>The answer. The lock may have been lost while it was on its way.</returns>
    /// <exception cref="InstanceLockLostException">The lock is no longer held, and there is no answer, or one that refuses.</exception>
    /// <exception cref="TimeoutException">The call did not end in time.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call,
        string what,
        IInstanceLockHandle handle,
        TimeSpan limit,
        TimeSpan longestWay,
        TimeProvider timeProvider,
        CancellationToken stoppingToken)
    {
        handle.ThrowIfLost();
        stoppingToken.ThrowIfCancellationRequested();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(handle.Lost);
        long sentAt = timeProvider.GetTimestamp();
        Task<T> pending = Deadline.RunAsync(call, what, limit, timeProvider, end.Token);
        await ((Task)pending).WaitAsync(stoppingToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (longestWay - timeProvider.GetElapsedTime(sentAt) is { } left && left > TimeSpan.Zero)
        {
            await ((Task)pending).WaitAsync(left, timeProvider, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        end.Cancel();
        await ((Task)pending)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

        if (!pending.IsCompletedSuccessfully)
        {
            // After a pause of this process even a 409 tells of no stranger: it may come from the lock's next holder.
            handle.ThrowIfLost();
        }

        return await pending;
    }
}
