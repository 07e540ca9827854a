using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

public sealed class TargetWatchTests
{
    private readonly TargetWatch _watch = new();

    [Fact]
    public void A_target_is_healthy_from_its_first_healthy_probe_on()
    {
        Assert.True(Probe(TargetState.Healthy, 10));
        Assert.False(Probe(TargetState.Healthy, 20));

        AssertLast(TargetState.Healthy, 15, at: 25);
    }

    [Theory]
    [InlineData(nameof(TargetState.Unhealthy))]
    [InlineData(nameof(TargetState.Unknown))]
    public void One_failed_probe_of_a_healthy_target_restarts_no_wait_and_permits_no_failback(string blip)
    {
        Probe(TargetState.Healthy, 10);

        Assert.False(Probe(Enum.Parse<TargetState>(blip), 20));
        AssertLast(Enum.Parse<TargetState>(blip), 0, at: 20);

        Assert.False(Probe(TargetState.Healthy, 30));
        AssertLast(TargetState.Healthy, 20, at: 30);
    }

    [Fact]
    public void The_second_failed_probe_in_a_row_restarts_the_wait()
    {
        Probe(TargetState.Healthy, 10);
        Probe(TargetState.Unhealthy, 20);

        Assert.True(Probe(TargetState.Unhealthy, 30));
        Assert.True(Probe(TargetState.Healthy, 40));

        AssertLast(TargetState.Healthy, 5, at: 45);
    }

    [Fact]
    public void Separate_blips_are_not_added_up()
    {
        Probe(TargetState.Healthy, 10);
        Probe(TargetState.Unhealthy, 20);
        Probe(TargetState.Healthy, 30);

        Assert.False(Probe(TargetState.Unhealthy, 40));
        Probe(TargetState.Healthy, 50);

        AssertLast(TargetState.Healthy, 40, at: 50);
    }

    [Fact]
    public void A_target_is_unknown_from_the_first_probe_that_cannot_reach_it()
    {
        Assert.True(Probe(TargetState.Unknown, 10));
        Assert.False(Probe(TargetState.Unknown, 20));

        AssertLast(TargetState.Unknown, 10, at: 20);
    }

    private bool Probe(TargetState result, int at) => _watch.Add(result, TimeSpan.FromSeconds(at));

    private void AssertLast(TargetState state, int seconds, int at) =>
        Assert.Equal((state, TimeSpan.FromSeconds(seconds)), (_watch.Last, _watch.LastFor(TimeSpan.FromSeconds(at))));
}
