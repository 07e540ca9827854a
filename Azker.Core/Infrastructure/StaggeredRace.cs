using System.Runtime.ExceptionServices;

namespace Azker.Core.Infrastructure;

/// <summary>Runs attempts side by side, each with a head start before the next (RFC 8305, section 5). The first success wins.</summary>
internal static class StaggeredRace
{
    /// <param name="attempts">The attempts, the preferred one first. An attempt starts early when the one before it fails.</param>
    /// <param name="headStart">The head start of each attempt.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Cancels all attempts.</param>
    /// <returns>The result of the winner. Results that come too late are disposed of.</returns>
    /// <exception cref="Exception">All attempts failed: the failure of the attempt that got beyond its socket, or of the first.</exception>
    public static async Task<T> RunAsync<T>(
        IReadOnlyList<Func<CancellationToken, Task<T>>> attempts, TimeSpan headStart, TimeProvider timeProvider, CancellationToken cancellationToken)
        where T : IDisposable
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<T>> running = [];
        List<Exception> failures = [];
        try
        {
            for (int next = 0; next < attempts.Count || running.Count > 0;)
            {
                if (next < attempts.Count)
                {
                    running.Add(attempts[next++](end.Token));
                }

                if (await FirstAsync(running, next < attempts.Count ? headStart : Timeout.InfiniteTimeSpan, timeProvider, end.Token) is not { } ended)
                {
                    continue;
                }

                running.Remove(ended);
                if (ended.IsCompletedSuccessfully)
                {
                    return await ended;
                }

                failures.Add(ended.Exception?.InnerException ?? new OperationCanceledException(end.Token));
            }
        }
        finally
        {
            await end.CancelAsync();
            running.ForEach(late => _ = DisposeAsync(late));
        }

        cancellationToken.ThrowIfCancellationRequested();
        ExceptionDispatchInfo.Throw(failures.Find(failure => failure is not System.Net.Sockets.SocketException) ?? failures[0]);
        throw failures[0];
    }

    /// <returns>The first attempt that ended; <see langword="null"/> if the head start ended before.</returns>
    private static async Task<Task<T>?> FirstAsync<T>(
        List<Task<T>> running, TimeSpan headStart, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Task<Task<T>> first = Task.WhenAny(running);
        await ((Task)first).WaitAsync(headStart, timeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

        // After a cancellation the attempts end by themselves.
        return first.IsCompleted || cancellationToken.IsCancellationRequested ? await first : null;
    }

    private static async Task DisposeAsync<T>(Task<T> late)
        where T : IDisposable
    {
        await ((Task)late).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (late.IsCompletedSuccessfully)
        {
            (await late).Dispose();
        }
    }
}
