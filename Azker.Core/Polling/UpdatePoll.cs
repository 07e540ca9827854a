using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Telemetry;
using Azker.Core.Updates;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.Core.Polling;

/// <summary>Makes one poll, and starts the delivery of the updates in its answer.</summary>
internal sealed partial class UpdatePoll(
    [FromKeyedServices(BotApiClients.Receiving)] ITelegramBotClient client,
    BotOptions bot,
    PollingOptions options,
    ReceiverMetrics metrics,
    TimeProvider timeProvider,
    ILogger<UpdatePoll> logger)
{
    /// <returns>Whether the answer had an update that is new.</returns>
    public async Task<bool> RunAsync(IInstanceLockHandle handle, PollWindow window, InFlightUpdates inFlight, CancellationToken cancellationToken)
    {
        RawUpdates answer = await GetUpdatesAsync(handle, window, cancellationToken);

        // The lock may have been lost while the answer was on its way.
        handle.ThrowIfLost();

        List<ReceivedUpdate> updates = [];
        foreach (ReadOnlyMemory<byte> raw in answer.Items)
        {
            try
            {
                updates.Add(ReceivedUpdate.Parse(raw));
            }
            catch (UnreadableUpdateException error)
            {
                inFlight.Add(raw, error);
            }
        }

        IReadOnlyList<ReceivedUpdate> newUpdates = window.Take(updates, out bool queueRestarted);
        if (queueRestarted)
        {
            Log.QueueRestarted(logger, updates[0].Id);
        }

        foreach (ReceivedUpdate update in newUpdates)
        {
            inFlight.Add(update);
        }

        return newUpdates.Count > 0;
    }

    /// <summary>Confirms the settled updates to Telegram; the updates in the answer are left to the next receiver.</summary>
    public async Task ConfirmAsync(IInstanceLockHandle handle, PollWindow window)
    {
        var confirmation = new GetRawUpdatesRequest { Offset = window.Send(), Limit = 1 };
        await LockedCall.RunAsync(
            "getUpdates", token => ConfirmAsync(handle, confirmation, token), handle, options.ConfirmTimeout, options.ConfirmTimeout, timeProvider, CancellationToken.None);
    }

    /// <summary>
    /// Asks for the head of the queue first, which confirms nothing. Without that, a server that gets the same offset again
    /// within 3 s turns the request into a long poll and answers the poll before it with a 409
    /// (tdlib/telegram-bot-api, Client.cpp, process_get_updates_query).
    /// </summary>
    private async Task<RawUpdates> ConfirmAsync(IInstanceLockHandle handle, GetRawUpdatesRequest confirmation, CancellationToken cancellationToken)
    {
        await client.SendRequest(new GetRawUpdatesRequest { Limit = 1 }, cancellationToken);

        // The process may have been paused since. Then the lock has perhaps expired, and its token is cancelled a moment later.
        handle.ThrowIfLost();
        return await client.SendRequest(confirmation, cancellationToken);
    }

    private async Task<RawUpdates> GetUpdatesAsync(IInstanceLockHandle handle, PollWindow window, CancellationToken cancellationToken)
    {
        var request = new GetRawUpdatesRequest
        {
            Offset = window.Send(),
            Timeout = (int)options.Timeout.TotalSeconds,
            AllowedUpdates = bot.AllowedUpdates,
        };
        try
        {
            // The server counts the timeout from the request's arrival.
            RawUpdates answer = await LockedCall.RunAsync(
                "getUpdates", token => client.SendRequest(request, token), handle, options.Timeout + options.Grace, options.StopWait, timeProvider, cancellationToken);
            metrics.CountPoll(answer.Items.Count > 0 ? "updates" : "empty");
            return answer;
        }
        catch (Exception error)
        {
            metrics.CountPoll(OutcomeOf(error));
            window.SendFailed();
            throw;
        }
    }

    private static string OutcomeOf(Exception error) => error switch
    {
        BotApiException { Fault.Kind: BotApiFaultKind.Conflict } => "conflict",
        BotApiException { Fault.Kind: BotApiFaultKind.TooManyRequests } => "throttled",
        BotApiException { Fault.Kind: BotApiFaultKind.Rejected or BotApiFaultKind.LoggedOut } => "rejected",
        OperationCanceledException or InstanceLockLostException => "cancelled",
        _ => "failed",
    };

    private static partial class Log
    {
        [LoggerMessage(2021, LogLevel.Warning, "Telegram restarted the numbering of this bot's updates at {UpdateId}. Polling continues from there.")]
        public static partial void QueueRestarted(ILogger logger, int updateId);
    }
}
