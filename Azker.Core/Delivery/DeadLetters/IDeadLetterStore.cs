namespace Azker.Core.Delivery.DeadLetters;

/// <summary>
/// Keeps dead letters, each whole: the raw JSON, byte for byte, and the reason. All of it throws
/// <see cref="DeadLetterException"/> where the store cannot be used.
/// </summary>
internal interface IDeadLetterStore
{
    /// <summary>Where letters are kept, for people.</summary>
    string Location { get; }

    /// <summary>Where a letter is kept, for people.</summary>
    string LocationOf(string id);

    /// <summary>Keeps a letter. It is all there when this has ended, or not at all; none takes the place of another.</summary>
    /// <returns>Whether it was added; not, when a letter of this id is there.</returns>
    Task<bool> AddAsync(string id, ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>The letters that are kept, in the order of their ids.</summary>
    IAsyncEnumerable<StoredDeadLetter> ListAsync(CancellationToken cancellationToken);

    /// <summary>How many letters are kept.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <returns>The raw JSON; <see langword="null"/> when there is no such letter.</returns>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Writes the reason of a letter anew; does nothing when there is no such letter.</summary>
    Task UpdateAsync(string id, DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Removes a letter; does nothing when there is no such letter.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}
