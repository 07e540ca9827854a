using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Updates;
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

    /// <summary>
    /// A poll that has been out for this long has left this host. A stop waits for that: the server confirms the poll's
    /// offset when it arrives, and a second call to confirm it would make a 409 for the first.
    /// </summary>
    private static readonly TimeSpan SurelySent = TimeSpan.FromSeconds(0.2);

    public async Task RunAsync(IInstanceLockHandle handle, PollWindow window, UpdatesInHand inHand, CancellationToken cancellationToken)
    {
        handle.ThrowIfLost();
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
                inHand.Add(raw, error);
            }
        }

        IReadOnlyList<ReceivedUpdate> news = window.Take(updates, out bool queueRestarted);
        if (queueRestarted)
        {
            Log.QueueRestarted(logger, updates[0].Id);
        }

        foreach (ReceivedUpdate update in news)
        {
            inHand.Add(update);
        }
    }

    /// <summary>Tells Telegram what is settled; what it answers is left to the next receiver.</summary>
    public async Task ConfirmAsync(IInstanceLockHandle handle, PollWindow window, TimeSpan limit)
    {
        handle.ThrowIfLost();
        var request = new GetRawUpdatesRequest { Offset = window.Send(), Limit = 1 };
        await Deadline.RunAsync(token => client.SendRequest(request, token), "getUpdates", limit, timeProvider, handle.Lost);
    }

    private async Task<RawUpdates> AskAsync(IInstanceLockHandle handle, PollWindow window, CancellationToken cancellationToken)
    {
        var request = new GetRawUpdatesRequest
        {
            Offset = window.Send(),
            Timeout = (int)options.Timeout.TotalSeconds,
            AllowedUpdates = bot.AllowedUpdates,
        };
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(handle.Lost);
        Task sent = Task.Delay(SurelySent, timeProvider, abort.Token);
        Task<RawUpdates> poll = Deadline.RunAsync(
            token => client.SendRequest(request, token), "getUpdates", options.Timeout + Slack, timeProvider, abort.Token);
        try
        {
            return await poll.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(poll, sent);
            if (poll.IsFaulted)
            {
                window.SendFailed();
            }

            throw;
        }
        catch
        {
            window.SendFailed();
            throw;
        }
        finally
        {
            await abort.CancelAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Telegram numbers the bot's updates anew, now from {UpdateId}; they are received from there.")]
        public static partial void QueueRestarted(ILogger logger, int updateId);
    }
}
