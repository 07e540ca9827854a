using Azker.Core.BotApi;
using Azker.Core.Infrastructure;

namespace Azker.Core.Polling;

/// <summary>
/// The delays after answers with 409. After the first conflict the poller tries again at once, since a single foreign poll may have
/// caused it. After more conflicts it steps back, and polls rarely. So one of two pollers that do not share a lock receives nearly all
/// the time, and they do not end each other's polls for ever.
/// </summary>
internal sealed class ConflictDelays(TimeProvider timeProvider, Random random)
{
    /// <summary>A Bot API server itself delays a 409 by 3 s (tdlib/telegram-bot-api, Client.cpp).</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Backoff _rare = new(TimeSpan.FromSeconds(60), Longest, random);
    private readonly Backoff _webhook = new(First, TimeSpan.FromSeconds(60));
    private long? _lastAt;

    /// <summary>A poll succeeded. A foreign poller may nevertheless be there, and wait.</summary>
    public void Succeeded() => _webhook.Reset();

    public TimeSpan After(BotApiFault fault) => IsOfWebhook(fault) ? _webhook.Next() : AfterForeignPoll();

    /// <summary>With a webhook the Bot API server refuses polls, until the poller has deleted it.</summary>
    private static bool IsOfWebhook(BotApiFault fault) => fault.Detail.Contains("webhook is active", StringComparison.Ordinal);

    private TimeSpan AfterForeignPoll()
    {
        // A poller that has stepped back polls again within the longest delay, and so causes the next conflict.
        bool isFirst = _lastAt is null || timeProvider.GetElapsedTime(_lastAt.Value) > 2 * Longest;
        _lastAt = timeProvider.GetTimestamp();
        if (!isFirst)
        {
            return _rare.Next();
        }

        _rare.Reset();
        return First;
    }
}
