using Azker.Core.Configuration;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Handling;

/// <summary>Brings one update to its handler, once.</summary>
public sealed partial class UpdateDispatcher(
    IServiceScopeFactory scopes,
    DeliveryOptions options,
    TimeProvider timeProvider,
    ILogger<UpdateDispatcher> logger)
{
    /// <summary>For how long a handler may go on after its token fell, before it is left to itself.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Runs the first handler that accepts the update, in a scope of its own and under a deadline.</summary>
    /// <param name="update">The update.</param>
    /// <param name="cancellationToken">Ends the handling early.</param>
    /// <returns>How it ended. Nothing that a handler throws comes out of this method.</returns>
    public Task<DispatchResult> DispatchAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
        DispatchAsync(update, reply: null, cancellationToken);

    /// <summary>Does the same for an update whose answer may carry a reply.</summary>
    /// <param name="update">The update.</param>
    /// <param name="reply">Where the handler's reply is put.</param>
    /// <param name="cancellationToken">Ends the handling early.</param>
    /// <returns>How it ended, with the reply if the update was handled.</returns>
    internal async Task<DispatchResult> DispatchAsync(ReceivedUpdate update, ReplySlot? reply, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.HandlerTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Task handling = HandleAsync(update, reply, either.Token);
        try
        {
            await WaitAsync(handling, either.Token);
            return new DispatchResult(DispatchOutcome.Handled, Reply: reply?.Close() ?? default);
        }
        catch (Exception error)
        {
            reply?.Close();
            if (!handling.IsCompleted)
            {
                _ = LeaveBehindAsync(update, handling);
            }

            return new DispatchResult(Classify(error, deadline.Token, cancellationToken), error);
        }
    }

    private static DispatchOutcome Classify(Exception error, CancellationToken deadline, CancellationToken caller) => error switch
    {
        UnreadableUpdateException => DispatchOutcome.Unreadable,
        OperationCanceledException or TimeoutException when caller.IsCancellationRequested => DispatchOutcome.Cancelled,
        OperationCanceledException or TimeoutException when deadline.IsCancellationRequested => DispatchOutcome.TimedOut,
        _ => DispatchOutcome.Failed,
    };

    private async Task HandleAsync(ReceivedUpdate update, ReplySlot? reply, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        if (reply is not null)
        {
            scope.ServiceProvider.GetRequiredService<WebhookReply>().Slot = reply;
        }

        foreach (IBotHandler handler in scope.ServiceProvider.GetServices<IBotHandler>())
        {
            if (handler.Accepts(update))
            {
                await handler.HandleAsync(update, cancellationToken);
                return;
            }
        }

        Log.NotAccepted(logger, update.Id, update.Kind);
    }

    /// <summary>Waits for a handler as long as its token stands, and then for the grace; a handler may ignore its token.</summary>
    private async Task WaitAsync(Task handling, CancellationToken cancellationToken)
    {
        await handling.WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await handling.WaitAsync(Grace, timeProvider, CancellationToken.None);
    }

    private async Task LeaveBehindAsync(ReceivedUpdate update, Task handling)
    {
        Log.IgnoresItsToken(logger, update.Id, update.Kind);
        await handling.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        Log.EndedLate(logger, update.Id, update.Kind, handling.Exception?.InnerException);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "No handler accepts update {UpdateId} ({Kind}).")]
        public static partial void NotAccepted(ILogger logger, int updateId, string kind);

        [LoggerMessage(2, LogLevel.Error, "The handler of update {UpdateId} ({Kind}) ignores its cancellation token; it is left to itself.")]
        public static partial void IgnoresItsToken(ILogger logger, int updateId, string kind);

        [LoggerMessage(3, LogLevel.Warning, "The handler of update {UpdateId} ({Kind}) ended after it had been left to itself.")]
        public static partial void EndedLate(ILogger logger, int updateId, string kind, Exception? exception);
    }
}
