using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Updates;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.Core.Polling;

/// <summary>One poll: asks for updates and puts them into hand.</summary>
internal sealed partial class UpdatePoll(
    [FromKeyedServices(BotApiClients.Receiving)] ITelegramBotClient client,
    BotOptions bot,
    PollingOptions options,
    TimeProvider timeProvider,
    ILogger<UpdatePoll> logger)
{
    /// <summary>What a server may take beyond the poll's own timeout, which it counts from the request's arrival.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    /// <summary>For how long a request may be on its way to the server.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(1.5);

    public async Task RunAsync(IInstanceLockHandle handle, PollWindow window, InFlightUpdates inFlight, CancellationToken cancellationToken)
    {
        RawUpdates answer = await AskAsync(handle, window, cancellationToken);
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

        IReadOnlyList<ReceivedUpdate> news = window.Take(updates, out bool queueRestarted);
        if (queueRestarted)
        {
            Log.QueueRestarted(logger, updates[0].Id);
        }

        foreach (ReceivedUpdate update in news)
        {
            inFlight.Add(update);
        }
    }

    /// <summary>Tells Telegram what is settled; what it answers is left to the next receiver.</summary>
    public async Task ConfirmAsync(IInstanceLockHandle handle, PollWindow window, TimeSpan limit)
    {
        var confirmation = new GetRawUpdatesRequest { Offset = window.Send(), Limit = 1 };
        await LockedCall.RunAsync(
            token => AskAnewAsync(confirmation, token), "getUpdates", handle, limit, longestWay: limit, timeProvider, CancellationToken.None);
    }

    /// <summary>
    /// A server that is asked for the same offset again within 3 s makes a long poll of it, with a 409 for the poll before
    /// (tdlib/telegram-bot-api, Client.cpp, process_get_updates_query). After a request for the queue's head, which
    /// confirms nothing, it answers at once.
    /// </summary>
    private async Task<RawUpdates> AskAnewAsync(GetRawUpdatesRequest request, CancellationToken cancellationToken)
    {
        await client.SendRequest(new GetRawUpdatesRequest { Limit = 1 }, cancellationToken);
        return await client.SendRequest(request, cancellationToken);
    }

    private async Task<RawUpdates> AskAsync(IInstanceLockHandle handle, PollWindow window, CancellationToken cancellationToken)
    {
        var request = new GetRawUpdatesRequest
        {
            Offset = window.Send(),
            Timeout = (int)options.Timeout.TotalSeconds,
            AllowedUpdates = bot.AllowedUpdates,
        };
        try
        {
            return await LockedCall.RunAsync(
                token => client.SendRequest(request, token), "getUpdates", handle, options.Timeout + Slack, LongestWay, timeProvider, cancellationToken);
        }
        catch
        {
            window.SendFailed();
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Telegram numbers the bot's updates anew, now from {UpdateId}; they are received from there.")]
        public static partial void QueueRestarted(ILogger logger, int updateId);
    }
}
