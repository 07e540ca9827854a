using Azker.Core.Configuration;
using Azker.Core.Infrastructure;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Handling;

/// <summary>Runs the handler of one update, once.</summary>
internal sealed partial class UpdateDispatcher(
    BotHandlers handlers,
    RunningUpdates running,
    DeliveryOptions options,
    SecretMask mask,
    TimeProvider timeProvider,
    ILogger<UpdateDispatcher> logger)
{
    /// <summary>How long the dispatcher waits for a handler whose token is cancelled before it abandons the handler.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Runs the first handler that accepts the update, in a scope of the update and with a time limit.</summary>
    /// <param name="update">The update.</param>
    /// <param name="reply">Takes the handler's reply; <see langword="null"/> when no answer can carry a reply.</param>
    /// <param name="cancellationToken">Ends the handling early.</param>
    /// <returns>How the handling ended, with the reply if the update was handled. This method does not throw a handler's exception.</returns>
    public async ValueTask<DispatchResult> DispatchAsync(ReceivedUpdate update, ReplySlot? reply, CancellationToken cancellationToken)
    {
        using RunningUpdates.Run run = running.Begin(update, options.HandlerTimeout);
        using CancellationTokenRegistration caller = cancellationToken.UnsafeRegister(static run => ((RunningUpdates.Run)run!).End(), run);
        CancellationToken ended = run.Ended;
        Task handling = HandleAsync(update, reply, ended);
        try
        {
            await (handling.IsCompleted ? handling : WaitAsync(handling, ended));
            return new DispatchResult(DispatchOutcome.Handled, Reply: reply?.Close() ?? default);
        }
        catch (Exception error)
        {
            reply?.Close();
            if (!handling.IsCompleted)
            {
                _ = AbandonAsync(update, handling);
            }

            return new DispatchResult(Classify(error, run, cancellationToken), error);
        }
    }

    private static DispatchOutcome Classify(Exception error, RunningUpdates.Run run, CancellationToken caller) => error switch
    {
        UnreadableUpdateException => DispatchOutcome.Unreadable,
        OperationCanceledException or TimeoutException when caller.IsCancellationRequested => DispatchOutcome.Cancelled,
        OperationCanceledException or TimeoutException when run.IsCancelledByBot => DispatchOutcome.CancelledByBot,
        OperationCanceledException or TimeoutException when run.HasEnded => DispatchOutcome.TimedOut,
        _ => DispatchOutcome.Failed,
    };

    private async Task HandleAsync(ReceivedUpdate update, ReplySlot? reply, CancellationToken cancellationToken)
    {
        if (handlers.Find(update) is not { } match)
        {
            Log.NotAccepted(logger, update.Id, update.Kind);
            return;
        }

        await using AsyncServiceScope scope = handlers.CreateScope();
        if (reply is not null)
        {
            scope.ServiceProvider.GetRequiredService<WebhookReply>().Slot = reply;
        }

        await match.Handler.Resolve(scope.ServiceProvider).HandleAsync(update, cancellationToken);
    }

    /// <summary>Waits for a handler until its token is cancelled, and then for the grace time; a handler may ignore its token.</summary>
    private async Task WaitAsync(Task handling, CancellationToken cancellationToken)
    {
        await handling.WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await handling.WaitAsync(Grace, timeProvider, CancellationToken.None);
    }

    private async Task AbandonAsync(ReceivedUpdate update, Task handling)
    {
        Log.Abandoned(logger, update.Id, update.Kind);
        await handling.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        Log.EndedLate(logger, update.Id, update.Kind, handling.Exception?.InnerException is { } error
            ? new LoggedError(error, text => mask.Apply(UpdateTexts.Hide(text, update.Raw.Span)))
            : null);
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Debug, "No handler accepts update {UpdateId} ({Kind}).")]
        public static partial void NotAccepted(ILogger logger, int updateId, string kind);

        [LoggerMessage(6002, LogLevel.Error, "The handler of update {UpdateId} ({Kind}) ignores its cancellation token. Azker no longer waits for it. Pass the token to every call that waits.")]
        public static partial void Abandoned(ILogger logger, int updateId, string kind);

        [LoggerMessage(6003, LogLevel.Warning, "The handler of update {UpdateId} ({Kind}), for which Azker no longer waited, ended.")]
        public static partial void EndedLate(ILogger logger, int updateId, string kind, Exception? exception);
    }
}
