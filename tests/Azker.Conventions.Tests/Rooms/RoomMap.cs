using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Rooms;

/// <summary>Which namespace is which room.</summary>
internal sealed class RoomMap(string root, IReadOnlyList<Room> rooms)
{
    private const string Hosting = "Hosting";

    /// <summary>The rooms of Azker.Core, the lowest level first.</summary>
    public static RoomMap Core { get; } = new("Azker.Core", [
        new("Infrastructure", 0),
        new("Updates", 0),
        new("Configuration", 1, Annex: "Configuration.Settings"),
        // A leaf: every room above writes or reads what this instance does.
        new("Status", 2),
        new("Locking", 3),
        new("Locking.OsLock", 3, Floor: 1),
        new("Locking.PidFile", 3, Floor: 2),
        new("Locking.BlobLease", 3, Floor: 2),
        new("BotApi", 3),
        new("Handling", 3, Annex: "Handling.Commands"),
        new("Delivery.Ledger", 4),
        new("Delivery.DeadLetters", 4, Floor: 1),
        new("Delivery.Parking", 4, Floor: 2),
        new("Delivery", 4, Floor: 3),
        new("Webhook", 5),
        new("Webhook.Registration", 6),
        new("Polling", 7),
        new("Fallback", 8),
        new("Health", 9),
        new(Hosting, 10),
    ]);

    private readonly Dictionary<string, Room> _rooms = rooms
        .SelectMany(room => room.Namespaces, (room, name) => (room, name))
        .ToDictionary(entry => $"{root}.{entry.name}", entry => entry.room);

    /// <summary>The same rooms, with the highest level as the lowest.</summary>
    public RoomMap Reversed() => new(root, [.. rooms.Select(room => room with { Level = -room.Level, Floor = -room.Floor })]);

    /// <summary>The room of a namespace; <see langword="null"/> if it is none.</summary>
    public Room? Find(string? space) =>
        // Extension methods that register services lie in the namespaces of Microsoft, where their users look for them.
        space is null ? null
        : space.StartsWith("Microsoft.", StringComparison.Ordinal) ? _rooms.GetValueOrDefault($"{root}.{Hosting}")
        : _rooms.GetValueOrDefault(space);

    public Room? Find(Type type) => Find(Reflected.Outermost(type).Namespace);
}
