using Azker.Chaos.Judging;
using Azker.Chaos.Parties;
using Azker.Chaos.Scripts;

namespace Azker.Chaos;

/// <summary>The outcome of one script.</summary>
/// <param name="Script">The script.</param>
/// <param name="Verdict">The verdict on the evidence.</param>
/// <param name="Settling">The time from the last trouble until all updates were settled; <see langword="null"/> when they were not.</param>
/// <param name="Troubles">The number of troubles that happened, counted for each party.</param>
/// <param name="Violations">The broken promises.</param>
/// <param name="Story">The script, the events and the output of all parties, for a person who looks for the cause of a violation.</param>
internal sealed record ChaosOutcome(
    ChaosScript Script, Verdict Verdict, TimeSpan? Settling, int Troubles, IReadOnlyList<string> Violations, string Story)
{
    public static ChaosOutcome Of(ChaosScript script, Verdict verdict, TimeSpan? settling, IReadOnlyList<Affliction> afflictions, Cast cast)
    {
        string[] violations =
        [
            .. verdict.IsClean ? Array.Empty<string>() : [$"{verdict}"],
            .. settling is not null ? Array.Empty<string>() : ["not all updates were settled in time"],
            .. cast.All.SelectMany(party => party.BadExits),
        ];
        return new ChaosOutcome(script, verdict, settling, afflictions.Count, violations, Tell(script, violations, afflictions, cast));
    }

    private static string Tell(ChaosScript script, IReadOnlyList<string> violations, IReadOnlyList<Affliction> afflictions, Cast cast)
    {
        Dictionary<int, string> names = cast.All.ToDictionary(party => party.Port, party => party.Name);
        IEnumerable<string> happened = afflictions.Select(affliction => FormattableString.Invariant(
            $"{affliction.From:yyyy-MM-dd HH:mm:ss.fff}Z {names[affliction.Port]} ### {affliction.Trouble} until {affliction.To:HH:mm:ss.fff}"));
        IEnumerable<string> polls = cast.Bot.Polls.Where(poll => poll.Status == 409).Select(poll => FormattableString.Invariant(
            $"{poll.AnsweredAt:yyyy-MM-dd HH:mm:ss.fff}Z {names[poll.Port]} ### 409 to its poll of {poll.At:HH:mm:ss.fff}{(poll.ClientGone ? ", whose connection it had closed" : "")}"));
        IEnumerable<string> repeated =
            from answer in cast.Bot.Sent
            group answer by (answer.ChatId, answer.Text) into same
            where same.Count() > 1
            from answer in same
            select FormattableString.Invariant($"{answer.At:yyyy-MM-dd HH:mm:ss.fff}Z {names.GetValueOrDefault(answer.Port, "?")} ### answers '{answer.Text}', one of {same.Count()} times");
        IEnumerable<string> written = cast.All.SelectMany(party => party.Output.Select(line => Mark(line, party.Name)));
        return string.Join('\n', [$"{script}", .. violations, .. happened.Concat(polls).Concat(repeated).Concat(written).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Puts the party's name after the time of a line, since the lines are sorted by their times.</summary>
    private static string Mark(string line, string name) => line.IndexOf("Z ", StringComparison.Ordinal) is > 0 and < 30 and int end
        ? $"{line[..(end + 2)]}{name}     {line[(end + 2)..]}"
        : $"{line} ({name})";
}
