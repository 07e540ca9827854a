using Azker.BotApi.Statistics;
using Azker.Chaos.Scripts;

namespace Azker.Chaos.Judging;

/// <summary>Counts the updates that were lost, repeated or in conflict, and their causes: a pure function of the evidence.</summary>
internal static class Judge
{
    /// <summary>The Bot API server delays some answers 409 by 3 s, so a pause may be over when the answer arrives.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(3.5);

    private enum Cause
    {
        None,
        Kill,
        Pause,
        Cut,
    }

    public static Verdict Of(Evidence evidence)
    {
        ILookup<(long, string), SentMessage> answers = evidence.Answers.OrderBy(answer => answer.At).ToLookup(answer => (answer.ChatId, answer.Text));
        (UpdateRecord Update, SentMessage[] Answers)[] exchanges =
            [.. evidence.Updates.Select(update => (update, answers[evidence.Expected[update.UpdateId]].ToArray()))];
        Cause[] repetitions = [.. exchanges.SelectMany(exchange => RepetitionsOf(evidence, exchange.Update, exchange.Answers))];
        int handled = exchanges.Count(exchange => exchange.Answers.Length > 0);
        int toPaused = evidence.Polls.Count(poll => IsConflictToPaused(evidence, poll));
        return new Verdict
        {
            Sent = evidence.Expected.Count,
            Handled = handled,
            Lost = evidence.Expected.Count - handled,
            Conflicts = evidence.ConflictsAnswered - toPaused,
            ConflictsToPaused = toPaused,
            Duplicates = repetitions.Count(cause => cause == Cause.None),
            RepeatedByKill = repetitions.Count(cause => cause == Cause.Kill),
            RepeatedByPause = repetitions.Count(cause => cause == Cause.Pause),
            RepeatedByCut = repetitions.Count(cause => cause == Cause.Cut),
            Movements = evidence.Answers.Zip(evidence.Answers.Skip(1)).Count(pair => pair.First.Port != pair.Second.Port),
        };
    }

    private static IEnumerable<Cause> RepetitionsOf(Evidence evidence, UpdateRecord update, SentMessage[] answers) =>
        answers.Zip(answers.Skip(1), (one, next) => CauseOf(evidence, update, one, next));

    private static Cause CauseOf(Evidence evidence, UpdateRecord update, SentMessage one, SentMessage next)
    {
        // A trouble after Telegram removed the update cannot explain that the update came again.
        Affliction[] meanwhile = [.. evidence.Afflictions.Where(affliction =>
            affliction.Meets(one.At, next.At) && (update.RemovedAt is not { } removedAt || removedAt > affliction.From))];
        if (meanwhile.Any(affliction => affliction.Trouble == Trouble.Kill && affliction.Port == one.Port))
        {
            return Cause.Kill;
        }

        Affliction[] oftheTwo = [.. meanwhile.Where(affliction => affliction.Port == one.Port || affliction.Port == next.Port)];
        if (oftheTwo.Any(affliction => affliction.Trouble == Trouble.Pause))
        {
            return Cause.Pause;
        }

        bool wasPushCut = (one.Port == evidence.WebhookPort || next.Port == evidence.WebhookPort)
            && update.Attempts.Any(attempt => attempt is { IsSent: true, Error: not null });
        return wasPushCut || oftheTwo.Any(affliction => affliction.Trouble >= Trouble.StorageRefused) ? Cause.Cut : Cause.None;
    }

    /// <summary>Whether a 409 is the answer to a poll that a paused process sent before its pause.</summary>
    /// <remarks>
    /// A paused process cannot close the connection of the poll that it sent while it held the lock, so the server answers 409 to
    /// that process and not to its successor. If the process polls again after the pause, it ends the successor's poll, and the
    /// 409 to the successor counts.
    /// </remarks>
    private static bool IsConflictToPaused(Evidence evidence, PollRecord poll) =>
        poll is { Status: 409, ClientGone: false, AnsweredAt: { } answeredAt }
        && evidence.Afflictions.Any(affliction => affliction.Trouble == Trouble.Pause
            && affliction.Port == poll.Port
            && poll.At <= affliction.From
            && answeredAt >= affliction.From
            && answeredAt <= affliction.To + Held);
}
