using Azure.Core;
using Azure.Core.Pipeline;

namespace Azker.Core.Infrastructure;

/// <summary>The result of a call to a storage service, or the reason why there is none.</summary>
/// <param name="Value">The result; without meaning when there is a fault.</param>
/// <param name="Fault">Why there is no result; <see langword="null"/> when there is one.</param>
internal readonly record struct StorageAnswer<T>(T Value, StorageFault? Fault);

/// <summary>Calls a storage service once within a time limit, and distinguishes the limit from the caller's cancellation.</summary>
internal static class StorageCall
{
    /// <summary>
    /// Turns the client's own retries off: with them one call may last ten minutes, and a lease is lost long before, while
    /// Telegram waits 60 s for a webhook's answer.
    /// </summary>
    /// <param name="options">The options of the client.</param>
    /// <param name="limit">The longest time of a call.</param>
    /// <param name="transport">The way to the service.</param>
    public static T WithoutRetries<T>(this T options, TimeSpan limit, HttpPipelineTransport transport)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = limit;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Transport = transport;
        return options;
    }

    /// <summary>A call that does not end in time is abandoned: its result, if one comes, is ignored.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<StorageAnswer<T>> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (limit <= TimeSpan.Zero)
        {
            return new StorageAnswer<T>(default!, new StorageFault("no time was left for the call"));
        }

        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return new StorageAnswer<T>(await call(either.Token).WaitAsync(either.Token), null);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            return new StorageAnswer<T>(default!, StorageFault.Unanswered(limit));
        }
        catch (Exception exception)
        {
            return new StorageAnswer<T>(default!, StorageFault.From(exception));
        }
    }
}
