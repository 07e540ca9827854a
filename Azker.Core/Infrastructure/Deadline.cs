namespace Azker.Core.Infrastructure;

/// <summary>Bounds a call in time, and tells its own deadline and the caller's cancellation apart.</summary>
internal static class Deadline
{
    /// <summary>For how long a call may go on after its token fell, before it is left to itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <exception cref="TimeoutException">The call did not end in time, or did not heed its token.</exception>
    /// <exception cref="OperationCanceledException">The caller's token fell.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, string what, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Task<T> pending = call(either.Token);
        try
        {
            // The caller goes on when the call is over, not when it is told to end: a poll is gone before a webhook is set.
            await ((Task)pending).WaitAsync(either.Token)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            return await pending.WaitAsync(Grace, timeProvider, CancellationToken.None);
        }
        catch (TimeoutException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && (exception is TimeoutException || deadline.IsCancellationRequested))
        {
            throw new TimeoutException($"{what}: no answer within {limit.TotalSeconds:0.###} s.", exception);
        }
    }
}
