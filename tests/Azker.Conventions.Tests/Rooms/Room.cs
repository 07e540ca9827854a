namespace Azker.Conventions.Tests.Rooms;

/// <summary>A namespace of Core, and its place in the order of all.</summary>
/// <param name="Name">The namespace without the root, such as <c>Locking.PidFile</c>. Its first part names the room's house.</param>
/// <param name="Level">Rooms of a higher level may use this one. Rooms of one level do not know each other.</param>
/// <param name="Floor">Within one level of one house, rooms of a higher floor may use this one.</param>
/// <param name="Annex">A second namespace of this same room, if there is one.</param>
internal sealed record Room(string Name, int Level, int Floor = 0, string? Annex = null)
{
    public IEnumerable<string> Namespaces => Annex is null ? [Name] : [Name, Annex];

    private string House => Name.Split('.')[0];

    public bool MayUse(Room other) =>
        other == this || other.Level < Level || (other.Level == Level && other.House == House && other.Floor < Floor);

    public override string ToString() => Name;
}
