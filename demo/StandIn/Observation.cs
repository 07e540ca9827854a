using Azker.BotApi.Statistics;

namespace Azker.Demo.StandIn;

/// <summary>What the stand-in has seen so far: its counts, each getUpdates, what became of each update, and all that the bot said.</summary>
internal sealed record Observation(
    BotStatistics Statistics,
    IReadOnlyList<PollRecord> Polls,
    IReadOnlyList<UpdateRecord> Updates,
    IReadOnlyList<SentMessage> Answers)
{
    /// <summary>When a port was first asked for updates after a moment, or at all.</summary>
    public DateTimeOffset? FirstPollAt(int port, DateTimeOffset after = default) =>
        Polls.FirstOrDefault(poll => poll.Port == port && poll.At > after)?.At;
}
