using System.Text.Json.Nodes;
using Azker.Core.Delivery.DeadLetters;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary><c>dead-letters remove</c>.</summary>
internal static class RemoveDeadLetters
{
    /// <param name="session">The session.</param>
    /// <param name="id">The ID of a dead letter; <see langword="null"/> for all dead letters.</param>
    /// <param name="yes">Whether the user has confirmed it.</param>
    /// <param name="json">Whether each result is a line of JSON.</param>
    public static async Task<int> RunAsync(DeadLetterSession session, string? id, bool yes, bool json)
    {
        List<StoredDeadLetter> letters = id is null
            ? await session.DeadLetters.ListAsync(session.StoppingToken).ToListAsync(session.StoppingToken)
            : [await session.FindAsync(id)];
        string question = id is null
            ? Texts.FormatDeadLettersRemoveQuestion(DeadLetterText.Count(letters.Count))
            : Texts.FormatDeadLetterRemoveQuestion(letters[0].Id);
        bool isConfirmed = await YesOption.IsGivenAsync(yes, question, session.StoppingToken);
        if (!isConfirmed && !json)
        {
            await Console.Out.WriteLineAsync(Texts.NothingRemoved);
            return ExitCode.Unexpected;
        }

        return await WorkProgress.RunAsync(letters.Count, async progress =>
        {
            foreach (StoredDeadLetter letter in letters)
            {
                if (isConfirmed)
                {
                    await session.DeadLetters.RemoveAsync(letter, session.StoppingToken);
                }

                await progress.WriteAsync(json
                    ? new JsonObject { ["id"] = letter.Id, ["removed"] = isConfirmed }.ToJsonString()
                    : Texts.FormatDeadLetterRemoved(letter.Id));
                await progress.StepAsync();
            }

            return isConfirmed ? ExitCode.Stopped : ExitCode.Unexpected;
        });
    }
}
