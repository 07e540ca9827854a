using Azker.Core.Delivery.DeadLetters;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary>An ID is that of no dead letter, or of several. The message says which there are.</summary>
internal sealed class NoSuchDeadLetterException(string id, IReadOnlyList<StoredDeadLetter> found, string place) : Exception(found.Count == 0
    ? $"There is no dead letter {id} in {place}. 'dead-letters list' shows those that are there."
    : $"More than one dead letter begins with {id}: {string.Join(", ", found.Take(Shown).Select(letter => letter.Id))}{(found.Count > Shown ? ", ..." : "")}. Give more of the ID.")
{
    private const int Shown = 10;
}
