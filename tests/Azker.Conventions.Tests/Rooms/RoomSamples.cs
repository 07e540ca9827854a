namespace Azker.Conventions.Tests.Rooms.RoomSamples.Lower
{
    internal static class LowerType
    {
        public static int Count() => 1;
    }
}

namespace Azker.Conventions.Tests.Rooms.RoomSamples.Upper
{
    internal static class UsesLowerInBody
    {
        public static int Twice() => 2 * Lower.LowerType.Count();
    }
}
