using System.Collections.Concurrent;
using Azker.Core.Updates;
using Telegram.Bot.Types;

namespace Azker.Core.Handling;

/// <summary>Keeps the updates that are being handled, so that other handlers can find and cancel them.</summary>
internal sealed class RunningUpdates(TimeProvider timeProvider) : IRunningUpdates
{
    private readonly ConcurrentDictionary<int, Run> _runs = new();

    public IReadOnlyList<RunningUpdate> List() => [.. Oldest(_ => true)];

    public IReadOnlyList<RunningUpdate> List(long chatId) => [.. Oldest(update => ChatOf(update) == chatId)];

    public bool Cancel(int updateId) => _runs.TryGetValue(updateId, out Run? run) && run.Cancel();

    /// <summary>Adds an update whose handler begins to run, for the time limit at most.</summary>
    public Run Begin(ReceivedUpdate update, TimeSpan limit)
    {
        var run = new Run(this, update, limit, timeProvider);
        _runs[update.Id] = run;
        return run;
    }

    private IEnumerable<RunningUpdate> Oldest(Func<ReceivedUpdate, bool> includes) => _runs.Values
        .Where(run => includes(run.Update))
        .OrderBy(run => run.StartedAt)
        .ThenBy(run => run.Update.Id)
        .Select(run => new RunningUpdate(run.Update, timeProvider.GetElapsedTime(run.StartedAt)));

    private static long? ChatOf(ReceivedUpdate received)
    {
        try
        {
            Update update = received.Update;
            return (update.Message ?? update.EditedMessage ?? update.ChannelPost ?? update.EditedChannelPost ?? update.BusinessMessage
                    ?? update.EditedBusinessMessage ?? update.CallbackQuery?.Message)?.Chat.Id
                ?? update.MyChatMember?.Chat.Id ?? update.ChatMember?.Chat.Id ?? update.ChatJoinRequest?.Chat.Id ?? update.MessageReaction?.Chat.Id
                ?? update.CallbackQuery?.From.Id ?? update.InlineQuery?.From.Id ?? update.ShippingQuery?.From.Id ?? update.PreCheckoutQuery?.From.Id;
        }
        catch (UnreadableUpdateException)
        {
            return null;
        }
    }

    /// <summary>One run of a handler.</summary>
    internal sealed class Run(RunningUpdates owner, ReceivedUpdate update, TimeSpan limit, TimeProvider timeProvider) : IDisposable
    {
        private readonly CancellationTokenSource _ended = new(limit, timeProvider);
        private volatile bool _isCancelledByBot;

        public ReceivedUpdate Update => update;

        public long StartedAt { get; } = timeProvider.GetTimestamp();

        /// <summary>Is cancelled when the time limit is over, when another handler cancels this run, and when the caller ends it.</summary>
        public CancellationToken Ended => _ended.Token;

        public bool HasEnded => _ended.IsCancellationRequested;

        /// <summary>Whether another handler has cancelled this run.</summary>
        public bool IsCancelledByBot => _isCancelledByBot;

        /// <summary>Cancels this run for another handler.</summary>
        /// <returns>Whether the run had not ended.</returns>
        public bool Cancel()
        {
            _isCancelledByBot = true;
            return End();
        }

        /// <summary>Cancels this run for its caller.</summary>
        /// <returns>Whether the run had not ended.</returns>
        public bool End()
        {
            try
            {
                _ended.Cancel();
                return true;
            }
            catch (ObjectDisposedException)
            {
                // The other party: the handler, which has just ended.
                return false;
            }
        }

        public void Dispose()
        {
            owner._runs.TryRemove(new KeyValuePair<int, Run>(update.Id, this));
            _ended.Dispose();
        }
    }
}
