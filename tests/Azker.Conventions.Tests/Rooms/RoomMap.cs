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
        new("Telemetry", 1),
        new("Status", 2),
        new("Locking", 2),
        new("Locking.OsLock", 2, Floor: 1),
        new("Locking.PidFile", 2, Floor: 2),
        new("Locking.BlobLease", 2, Floor: 2),
        new("Locking.Machine", 2, Floor: 2),
        new("BotApi", 2),
        new("Handling", 2, Annex: "Handling.Commands"),
        new("Handling.Errors", 2),
        new("Delivery.Storage", 3),
        new("Delivery.Blobs", 3),
        new("Delivery.Ledger", 3, Floor: 1),
        new("Delivery.DeadLetters", 3, Floor: 2),
        new("Delivery.Parking", 3, Floor: 3),
        new("Delivery", 3, Floor: 4),
        new("Webhook", 4),
        new("Webhook.Registration", 5),
        new("Polling", 6),
        new("Fallback", 7),
        new("Health", 8),
        new("Instances", 8),
        new("Overview", 9),
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
