using Azker.Core.Delivery.DeadLetters;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary>No dead letter, or more than one, has an ID; the message lists the dead letters that have it.</summary>
internal sealed class NoSuchDeadLetterException(string id, IReadOnlyList<StoredDeadLetter> found, string place) : Exception(found.Count == 0
    ? Texts.FormatDeadLetterMissing(id, place)
    : Texts.FormatDeadLetterAmbiguous(id, $"{string.Join(", ", found.Take(Shown).Select(letter => letter.Id))}{(found.Count > Shown ? ", ..." : "")}"))
{
    private const int Shown = 10;
}
