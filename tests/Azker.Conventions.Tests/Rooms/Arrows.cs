using System.Reflection;
using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Rooms;

/// <summary>Finds how the rooms of an assembly use each other.</summary>
internal static class Arrows
{
    public static IEnumerable<Arrow> Between(Assembly assembly, RoomMap map) =>
        from type in assembly.GetTypes()
        where !type.IsNested
        let room = map.Find(type)
        where room is not null
        from used in TypeReferences.Of(type).Where(used => used.Assembly == assembly).Select(Reflected.Outermost).Distinct()
        let usedRoom = map.Find(used)
        where usedRoom is not null
        select new Arrow(room, usedRoom, type, used);

    public static IEnumerable<string> Against(Assembly assembly, RoomMap map) =>
        Between(assembly, map).Where(arrow => !arrow.IsAllowed).Select(arrow => arrow.ToString()).Order(StringComparer.Ordinal);
}
