namespace Azker.Core.Delivery.Parking;

/// <summary>Stores parked updates. Every method throws <see cref="ParkingException"/> when the store cannot be used.</summary>
internal interface IParkedUpdateStore
{
    /// <summary>Where the parked updates are stored, as text.</summary>
    string Location { get; }

    /// <summary>Stores an update, completely or not at all. After that a crash, even of the machine, does not undo it.</summary>
    /// <remarks>An update with the same id that another receiver has stored stays as it is: it may tell when the next attempt is allowed.</remarks>
    Task AddAsync(ParkedUpdate update, CancellationToken cancellationToken);

    /// <summary>Stores an update as <see cref="AddAsync"/> does, and replaces an update with the same id.</summary>
    Task WriteAsync(ParkedUpdate update, CancellationToken cancellationToken);

    /// <summary>Reads all parked updates, in any order.</summary>
    IAsyncEnumerable<ParkedUpdate> ListAsync(CancellationToken cancellationToken);

    /// <summary>Lists the ids of all parked updates, in any order.</summary>
    IAsyncEnumerable<int> ListIdsAsync(CancellationToken cancellationToken);

    /// <returns>The update; <see langword="null"/> when it is not parked.</returns>
    Task<ParkedUpdate?> FindAsync(int updateId, CancellationToken cancellationToken);

    /// <summary>Removes an update; does nothing when it is not parked.</summary>
    Task RemoveAsync(int updateId, CancellationToken cancellationToken);
}
