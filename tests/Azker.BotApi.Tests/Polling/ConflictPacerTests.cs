using Azker.BotApi.Polling;

namespace Azker.BotApi.Tests.Polling;

public sealed class ConflictPacerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly ConflictPacer _pacer = new();

    [Fact]
    public void The_first_conflict_is_not_held() => Assert.Equal(0, HoldAt(0));

    [Theory]
    [InlineData(0)]
    [InlineData(2.9)]
    public void A_conflict_within_three_seconds_of_it_is_held_for_three_seconds(double second)
    {
        HoldAt(0);
        Assert.Equal(3, HoldAt(second));
    }

    [Fact]
    public void A_held_conflict_does_not_extend_the_window()
    {
        HoldAt(0);
        HoldAt(2.9);
        Assert.Equal(0, HoldAt(3));
    }

    private double HoldAt(double second) => _pacer.Hold(Start + TimeSpan.FromSeconds(second)).TotalSeconds;
}
