using Azker.Core.BotApi;
using Azker.Core.Locking;

namespace Azker.Core.Webhook.Registration;

/// <summary>Makes a Bot API call that only the holder of the receiver lock may make.</summary>
internal static class LockedCall
{
    /// <summary>
    /// Makes the call, and cancels it when the lock is lost. A stop waits while the request may still be on its way: an
    /// abandoned request arrives all the same, and would then disturb the next holder of the lock.
    /// </summary>
    /// <param name="method">The name of the Bot API method.</param>
    /// <param name="call">The call. The lock is checked before its first request; the call itself checks the lock before each further request.</param>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="limit">The time after which the call has failed.</param>
    /// <param name="stopWait">How long a stop waits for the answer, counted from the sending.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="stoppingToken">Requests the stop.</param>
    /// <returns>The answer. The lock may have been lost while the answer was on its way.</returns>
    /// <exception cref="InstanceLockLostException">The lock is no longer held, and there is no answer, or the answer is an error.</exception>
    /// <exception cref="BotApiException">The call failed, or there was no answer in time.</exception>
    public static async Task<T> RunAsync<T>(
        string method,
        Func<CancellationToken, Task<T>> call,
        IInstanceLockHandle handle,
        TimeSpan limit,
        TimeSpan stopWait,
        TimeProvider timeProvider,
        CancellationToken stoppingToken)
    {
        handle.ThrowIfLost();
        stoppingToken.ThrowIfCancellationRequested();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(handle.Lost);
        long sentAt = timeProvider.GetTimestamp();
        Task<T> pending = BotApiCall.RunAsync(method, call, limit, timeProvider, end.Token);
        await ((Task)pending).WaitAsync(stoppingToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (stopWait - timeProvider.GetElapsedTime(sentAt) is { } left && left > TimeSpan.Zero)
        {
            await ((Task)pending).WaitAsync(left, timeProvider, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        end.Cancel();
        await ((Task)pending)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

        if (!pending.IsCompletedSuccessfully)
        {
            // After a pause of this process, a 409 is no proof of a foreign receiver: the next holder of the lock may have caused it.
            handle.ThrowIfLost();
        }

        return await pending;
    }
}
