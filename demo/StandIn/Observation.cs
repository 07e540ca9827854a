using Azker.BotApi.Statistics;

namespace Azker.Demo.StandIn;

/// <summary>All that the stand-in has seen so far: its counts, each getUpdates, each update, each message of the bot, and the webhook.</summary>
internal sealed record Observation(
    BotStatistics Statistics,
    IReadOnlyList<PollRecord> Polls,
    IReadOnlyList<UpdateRecord> Updates,
    IReadOnlyList<SentMessage> Answers,
    WebhookState Webhook)
{
    /// <summary>The time of the first getUpdates at a port after a moment; the default is the first of all.</summary>
    public DateTimeOffset? FirstPollAt(int port, DateTimeOffset after = default) =>
        Polls.FirstOrDefault(poll => poll.Port == port && poll.At > after)?.At;

    /// <summary>The time of the last answer to a getUpdates at a port before a moment.</summary>
    public DateTimeOffset? LastAnsweredPollAt(int port, DateTimeOffset before) => Polls
        .Where(poll => poll.Port == port && !poll.ClientGone && poll.AnsweredAt < before)
        .Max(poll => poll.AnsweredAt);

    /// <summary>The time at which a webhook first took an update after a moment; the default is the first of all.</summary>
    public DateTimeOffset? FirstPushAt(string webhook, DateTimeOffset after = default) => Updates
        .SelectMany(update => update.Attempts)
        .Where(attempt => attempt.IsAccepted && attempt.Url == webhook && attempt.At > after)
        .Min(attempt => (DateTimeOffset?)attempt.At);

    /// <summary>The ways in which updates were received, by their names in <c>/health</c>.</summary>
    public IReadOnlyList<string> Modes =>
    [
        .. Updates.Any(update => update.Deliveries.Count > 0) ? ["polling"] : Array.Empty<string>(),
        .. Updates.Any(update => update.Attempts.Any(attempt => attempt.IsAccepted)) ? ["webhook"] : Array.Empty<string>(),
    ];
}
