using Azker.BotApi.Statistics;

namespace Azker.Chaos.Judging;

/// <summary>The records of the stand-in about a run, and the troubles of the parties.</summary>
/// <param name="Updates">The updates, each with its deliveries and its removal.</param>
/// <param name="Answers">The messages of the bot.</param>
/// <param name="Expected">The right answer to each update, by update_id.</param>
/// <param name="Polls">The getUpdates requests.</param>
/// <param name="ConflictsAnswered">The number of answers 409 to clients that were still connected.</param>
/// <param name="Afflictions">The troubles of the parties.</param>
/// <param name="WebhookPort">The port of the console that serves the webhook.</param>
internal sealed record Evidence(
    IReadOnlyList<UpdateRecord> Updates,
    IReadOnlyList<SentMessage> Answers,
    IReadOnlyDictionary<int, (long Chat, string Text)> Expected,
    IReadOnlyList<PollRecord> Polls,
    long ConflictsAnswered,
    IReadOnlyList<Affliction> Afflictions,
    int WebhookPort);
