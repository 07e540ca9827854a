using Azker.BotApi.Statistics;

namespace Azker.Chaos.Judging;

/// <summary>What the stand-in has seen of a run, and what was done to the parties.</summary>
/// <param name="Updates">What became of each update.</param>
/// <param name="Answers">All that the bot said.</param>
/// <param name="Expected">By update_id, the one answer to it.</param>
/// <param name="Polls">Each getUpdates.</param>
/// <param name="ConflictsAnswered">How many 409 a connected client could read.</param>
/// <param name="Afflictions">What was done.</param>
/// <param name="WebhookPort">The port of the console that serves the webhook.</param>
internal sealed record Evidence(
    IReadOnlyList<UpdateRecord> Updates,
    IReadOnlyList<SentMessage> Answers,
    IReadOnlyDictionary<int, (long Chat, string Text)> Expected,
    IReadOnlyList<PollRecord> Polls,
    long ConflictsAnswered,
    IReadOnlyList<Affliction> Afflictions,
    int WebhookPort);
