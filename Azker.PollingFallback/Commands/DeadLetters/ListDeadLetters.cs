using System.Globalization;
using Azker.Core.Delivery.DeadLetters;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary><c>dead-letters list</c>.</summary>
internal static class ListDeadLetters
{
    public static async Task<int> RunAsync(DeadLetterSession session, bool json)
    {
        if (json)
        {
            await foreach (StoredDeadLetter letter in session.DeadLetters.ListAsync(session.StoppingToken))
            {
                await Console.Out.WriteLineAsync(letter.ToJson());
            }

            return ExitCode.Stopped;
        }

        List<StoredDeadLetter> letters = await session.DeadLetters.ListAsync(session.StoppingToken).ToListAsync(session.StoppingToken);
        if (letters.Count > 0)
        {
            string table = TextTable.Format([["ID", Texts.HeadKind, Texts.HeadGivenUp, Texts.HeadAttempts, Texts.HeadReason], .. letters.Select(Row)]);
            await Console.Out.WriteLineAsync(table);
        }

        await Console.Out.WriteLineAsync(Texts.FormatCountIn(DeadLetterText.Count(letters.Count), session.DeadLetters.Location));
        return ExitCode.Stopped;
    }

    private static string[] Row(StoredDeadLetter letter) =>
    [
        letter.Id,
        letter.Letter.Kind ?? "-",
        DeadLetterText.Time(letter.Letter.GivenUpAt),
        letter.Letter.Attempts.ToString(CultureInfo.InvariantCulture),
        letter.Letter.ErrorType is { } type ? $"{letter.Letter.Reason} {type}" : letter.Letter.Reason,
    ];
}
