namespace Azker.Conventions.Tests.Rooms;

/// <summary>One type's use of another one.</summary>
internal sealed record Arrow(Room From, Room To, Type User, Type Used)
{
    public bool IsAllowed => From.MayUse(To);

    public override string ToString() => $"{From} -> {To}: {User.Name} -> {Used.Name}";
}
