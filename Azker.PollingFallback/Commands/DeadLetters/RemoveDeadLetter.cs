using System.Text.Json.Nodes;
using Azker.Core.Delivery.DeadLetters;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary><c>dead-letters remove</c>.</summary>
internal static class RemoveDeadLetter
{
    public static async Task<int> RunAsync(DeadLetterSession session, string id, bool yes, bool json)
    {
        StoredDeadLetter letter = await session.FindAsync(id);
        bool isConfirmed = await YesOption.IsGivenAsync(yes, Texts.FormatDeadLetterRemoveQuestion(letter.Id), session.StoppingToken);
        if (isConfirmed)
        {
            await session.DeadLetters.RemoveAsync(letter, session.StoppingToken);
        }

        string text = isConfirmed ? Texts.FormatDeadLetterRemoved(letter.Id) : Texts.NothingRemoved;
        await Console.Out.WriteLineAsync(json ? new JsonObject { ["id"] = letter.Id, ["removed"] = isConfirmed }.ToJsonString() : text);
        return isConfirmed ? ExitCode.Stopped : ExitCode.Unexpected;
    }
}
