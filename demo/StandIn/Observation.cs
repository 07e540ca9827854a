using Azker.BotApi.Statistics;

namespace Azker.Demo.StandIn;

/// <summary>What the stand-in has seen so far: its counts, what became of each update, and all that the bot said.</summary>
internal sealed record Observation(BotStatistics Statistics, IReadOnlyList<UpdateRecord> Updates, IReadOnlyList<SentMessage> Answers)
{
    public PollSpan? PollsAt(int port) => Statistics.PollSpans.FirstOrDefault(span => span.Port == port);
}
