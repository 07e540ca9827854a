namespace Azker.Core.Delivery.DeadLetters;

/// <summary>
/// Keeps dead letters, each whole: the raw JSON, byte for byte, and the reason. Every method throws
/// <see cref="DeadLetterException"/> when the store cannot be used.
/// </summary>
internal interface IDeadLetterStore
{
    /// <summary>Where the dead letters are kept, as text.</summary>
    string Location { get; }

    /// <summary>Where a dead letter is kept, as text.</summary>
    string LocationOf(string id);

    /// <summary>Keeps a dead letter, completely or not at all. It never replaces another dead letter.</summary>
    /// <returns>Whether it was added; not when a dead letter with this id exists.</returns>
    Task<bool> AddAsync(string id, ReadOnlyMemory<byte> raw, DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Reads the dead letters in the order of their ids.</summary>
    IAsyncEnumerable<StoredDeadLetter> ListAsync(CancellationToken cancellationToken);

    /// <summary>Counts the dead letters.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <returns>The raw JSON; <see langword="null"/> when the dead letter does not exist.</returns>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Replaces the reason of a dead letter; does nothing when the dead letter does not exist.</summary>
    Task UpdateAsync(string id, DeadLetter letter, CancellationToken cancellationToken);

    /// <summary>Removes a dead letter.</summary>
    /// <returns>Whether it existed.</returns>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);
}
