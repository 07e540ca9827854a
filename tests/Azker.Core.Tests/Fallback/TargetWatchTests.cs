using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

public sealed class TargetWatchTests
{
    private readonly TargetWatch _watch = new();

    [Fact]
    public void A_program_is_well_from_the_first_look_that_sees_it_well()
    {
        Assert.True(Look(TargetState.Healthy, 10));
        Assert.False(Look(TargetState.Healthy, 20));

        AssertSeen(TargetState.Healthy, 15, at: 25);
    }

    [Theory]
    [InlineData(nameof(TargetState.Unhealthy))]
    [InlineData(nameof(TargetState.Unknown))]
    public void One_look_that_sees_a_well_program_otherwise_starts_nothing_anew_and_hands_nothing_back(string blip)
    {
        Look(TargetState.Healthy, 10);

        Assert.False(Look(Enum.Parse<TargetState>(blip), 20));
        AssertSeen(Enum.Parse<TargetState>(blip), 0, at: 20);

        Assert.False(Look(TargetState.Healthy, 30));
        AssertSeen(TargetState.Healthy, 20, at: 30);
    }

    [Fact]
    public void The_second_such_look_in_a_row_starts_it_anew()
    {
        Look(TargetState.Healthy, 10);
        Look(TargetState.Unhealthy, 20);

        Assert.True(Look(TargetState.Unhealthy, 30));
        Assert.True(Look(TargetState.Healthy, 40));

        AssertSeen(TargetState.Healthy, 5, at: 45);
    }

    [Fact]
    public void Blips_apart_from_each_other_are_not_added_up()
    {
        Look(TargetState.Healthy, 10);
        Look(TargetState.Unhealthy, 20);
        Look(TargetState.Healthy, 30);

        Assert.False(Look(TargetState.Unhealthy, 40));
        Look(TargetState.Healthy, 50);

        AssertSeen(TargetState.Healthy, 40, at: 50);
    }

    [Fact]
    public void A_program_that_cannot_be_reached_is_that_from_the_first_such_look_on()
    {
        Assert.True(Look(TargetState.Unknown, 10));
        Assert.False(Look(TargetState.Unknown, 20));

        AssertSeen(TargetState.Unknown, 10, at: 20);
    }

    private bool Look(TargetState seen, int at) => _watch.Add(seen, TimeSpan.FromSeconds(at));

    private void AssertSeen(TargetState state, int seconds, int at) =>
        Assert.Equal((state, TimeSpan.FromSeconds(seconds)), (_watch.Seen, _watch.SeenFor(TimeSpan.FromSeconds(at))));
}
