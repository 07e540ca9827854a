using Azker.BotApi.Statistics;
using Azker.Demo.StandIn;
using Azker.Demo.Users;

namespace Azker.Demo.Measurements;

/// <summary>A message of a user, and its answers; a second answer is a repetition.</summary>
internal sealed record ChatExchange(UpdateRecord Update, IReadOnlyList<SentMessage> Answers)
{
    public bool IsAnswered => Answers.Count > 0;

    /// <summary>The time from the arrival of the message at the stand-in to the arrival of its first answer.</summary>
    public TimeSpan? Latency => IsAnswered ? Answers[0].At - Update.EnqueuedAt : null;

    public static IReadOnlyList<ChatExchange> Of(Observation? observation, IReadOnlyDictionary<int, Question> questions)
    {
        if (observation is null)
        {
            return [];
        }

        ILookup<(long, string), SentMessage> answers = observation.Answers.ToLookup(answer => (answer.ChatId, answer.Text));
        return [.. observation.Updates
            .Where(update => questions.ContainsKey(update.UpdateId))
            .Select(update => new ChatExchange(update, [.. answers[(questions[update.UpdateId].Chat, questions[update.UpdateId].Answer)]]))];
    }

    /// <summary>Whether the second answer exists only because a kill ended the first process before it confirmed the update.</summary>
    public bool IsRepeatedBy(Kill kill) =>
        Answers.Count == 2
        && Answers[0].Port == kill.Port
        && Answers[1].Port != kill.Port
        && (Update.RemovedAt is not { } removedAt || removedAt > kill.At);
}
