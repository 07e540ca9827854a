using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azker.Core.Delivery.DeadLetters;

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
        int handled = 0;
        int kept = 0;
        foreach (StoredDeadLetter letter in letters)
        {
            if (session.StoppingToken.IsCancellationRequested)
            {
                break;
            }

            ReplayResult result = await session.Replay.ReplayAsync(letter, session.StoppingToken);
            await Console.Out.WriteLineAsync(json ? ToJson(letter, result) : $"{letter.Id}: {Describe(result)}");
            handled += result.Outcome == ReplayOutcome.Handled ? 1 : 0;
            kept += result is { Outcome: ReplayOutcome.Handled or ReplayOutcome.Gone, Why: null } ? 0 : 1;
        }

        if (id is null && !json)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{handled} of {DeadLetterText.Count(letters.Count)} handled."));
        }

        return kept == 0 && !session.StoppingToken.IsCancellationRequested ? ExitCode.Stopped : ExitCode.ReplayFailed;
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
        ReplayOutcome.Handled when result.Why is not null => $"handled, but kept. {result.Why}",
        ReplayOutcome.Handled => "handled and removed.",
        ReplayOutcome.Gone => "not found. Another replay has removed the dead letter.",
        ReplayOutcome.Busy => "kept. The update is in progress, in another replay or in its delivery from Telegram. Try again later.",
        ReplayOutcome.Cancelled => "kept. The replay was stopped.",
        _ => $"kept. {result.Why}",
    };
}
