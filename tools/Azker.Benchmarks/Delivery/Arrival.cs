namespace Azker.Benchmarks.Delivery;

/// <summary>How the updates of one run arrive.</summary>
/// <param name="Name">The name in the results.</param>
/// <param name="AtOnce">How many updates, each of a chat of its own, arrive together. The next updates arrive when these are settled.</param>
/// <param name="Updates">The number of updates of one run.</param>
internal sealed record Arrival(string Name, int AtOnce, int Updates)
{
    /// <summary>One busy chat, or a webhook with one connection.</summary>
    public static Arrival InTurn { get; } = new("in turn", 1, 500);

    /// <summary>The full answers of a poll.</summary>
    public static Arrival Together { get; } = new("100 at once", 100, 2000);

    /// <summary>Enough of them for a difference of a microsecond.</summary>
    public static Arrival ManyTogether { get; } = new("100 at once", 100, 10_000);
}
