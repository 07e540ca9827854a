using Azker.Core.Delivery.DeadLetters;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary>No dead letter, or more than one, has an ID; the message lists the dead letters that have it.</summary>
internal sealed class NoSuchDeadLetterException(string id, IReadOnlyList<StoredDeadLetter> found, string place) : Exception(found.Count == 0
    ? $"There is no dead letter {id} in {place}. Run 'dead-letters list' to see the IDs."
    : $"More than one dead letter has an ID that starts with {id}: {string.Join(", ", found.Take(Shown).Select(letter => letter.Id))}{(found.Count > Shown ? ", ..." : "")}. Give more characters of the ID.")
{
    private const int Shown = 10;
}
