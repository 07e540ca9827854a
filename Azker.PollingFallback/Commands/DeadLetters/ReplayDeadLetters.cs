using System.Text.Json;
using System.Text.Json.Nodes;
using Azker.Core.Delivery.DeadLetters;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary><c>dead-letters replay</c>.</summary>
internal static class ReplayDeadLetters
{
    /// <param name="session">The session.</param>
    /// <param name="id">The ID of a dead letter; <see langword="null"/> for all dead letters.</param>
    /// <param name="json">Whether each result is a line of JSON.</param>
    public static async Task<int> RunAsync(DeadLetterSession session, string? id, bool json)
    {
        List<StoredDeadLetter> letters = id is null ? await AllAsync(session) : [await session.FindAsync(id)];
        (int handled, int kept) = await WorkProgress.RunAsync(letters.Count, progress => ReplayAsync(session, letters, json, progress));
        if (id is null && !json)
        {
            await Console.Out.WriteLineAsync(Texts.FormatReplayed(handled, DeadLetterText.Count(letters.Count)));
        }

        return kept == 0 && !session.StoppingToken.IsCancellationRequested ? ExitCode.Stopped : ExitCode.ReplayFailed;
    }

    private static async Task<(int Handled, int Kept)> ReplayAsync(
        DeadLetterSession session, IEnumerable<StoredDeadLetter> letters, bool json, WorkProgress progress)
    {
        int handled = 0;
        int kept = 0;
        foreach (StoredDeadLetter letter in letters.TakeWhile(_ => !session.StoppingToken.IsCancellationRequested))
        {
            ReplayResult result = await session.Replay.ReplayAsync(letter, session.StoppingToken);
            await progress.WriteAsync(json ? ToJson(letter, result) : $"{letter.Id}: {Describe(result)}");
            await progress.StepAsync();
            handled += result.Outcome == ReplayOutcome.Handled ? 1 : 0;
            kept += result is { Outcome: ReplayOutcome.Handled or ReplayOutcome.Gone, Why: null } ? 0 : 1;
        }

        return (handled, kept);
    }

    /// <summary>Lists the dead letters in the order of their updates. The time goes first, since Telegram may have started its update_ids again.</summary>
    private static async Task<List<StoredDeadLetter>> AllAsync(DeadLetterSession session) =>
    [
        .. (await session.DeadLetters.ListAsync(session.StoppingToken).ToListAsync(session.StoppingToken))
            .OrderBy(letter => letter.Letter.FirstSeenAt ?? letter.Letter.GivenUpAt)
            .ThenBy(letter => letter.Letter.UpdateId),
    ];

    private static string ToJson(StoredDeadLetter letter, ReplayResult result) => new JsonObject
    {
        ["id"] = letter.Id,
        ["outcome"] = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{result.Outcome}"),
        ["reason"] = result.Why,
    }.ToJsonString();

    private static string Describe(ReplayResult result) => result.Outcome switch
    {
        ReplayOutcome.Handled when result.Why is not null => Texts.FormatReplayHandledKept(result.Why),
        ReplayOutcome.Handled => Texts.ReplayHandled,
        ReplayOutcome.Gone => Texts.ReplayGone,
        ReplayOutcome.Busy => Texts.ReplayBusy,
        ReplayOutcome.NotAccepted => Texts.ReplayNotAccepted,
        ReplayOutcome.Cancelled => Texts.ReplayStopped,
        _ => Texts.FormatReplayKept(result.Why),
    };
}
