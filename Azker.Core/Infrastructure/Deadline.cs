namespace Azker.Core.Infrastructure;

/// <summary>Limits the time of a call, and distinguishes its own deadline from the caller's cancellation.</summary>
internal static class Deadline
{
    /// <summary>How long a call may continue after its token is cancelled, before it is abandoned.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <exception cref="TimeoutException">The call did not end in time, or ignored its token.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, string what, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Task<T> pending = call(either.Token);
        try
        {
            // The caller continues when the call has ended, not when the call is cancelled: a poll ends before a webhook is set.
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
