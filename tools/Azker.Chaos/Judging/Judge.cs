using Azker.BotApi.Statistics;
using Azker.Chaos.Scripts;

namespace Azker.Chaos.Judging;

/// <summary>Finds out what was lost, repeated or in conflict, and what explains it. One pure function of the evidence.</summary>
internal static class Judge
{
    /// <summary>The Bot API server holds some of the 409 back for 3 s; a pause may be over by then.</summary>
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
        // What Telegram had forgotten before, nothing that came later can have brought back.
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

    /// <summary>
    /// A process that stands still cannot close the connection of the poll that it had sent as the lock's rightful holder.
    /// The server then tells it, and not the successor, of the conflict. Whether it polls again when it goes on is another
    /// matter: that would end the successor's poll, whose 409 counts.
    /// </summary>
    private static bool IsConflictToPaused(Evidence evidence, PollRecord poll) =>
        poll is { Status: 409, ClientGone: false, AnsweredAt: { } answeredAt }
        && evidence.Afflictions.Any(affliction => affliction.Trouble == Trouble.Pause
            && affliction.Port == poll.Port
            && poll.At <= affliction.From
            && answeredAt >= affliction.From
            && answeredAt <= affliction.To + Held);
}
