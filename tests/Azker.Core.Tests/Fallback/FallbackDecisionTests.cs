using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

public sealed class FallbackDecisionTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Shorter = TimeSpan.FromSeconds(59);

    private static readonly FallbackSituation Fallback = new()
    {
        Webhook = new WebhookVerdict(WebhookCondition.Healthy),
        Target = TargetState.Healthy,
        Lock = LockPlace.Free,
        Grace = Grace,
        FailbackDelay = TimeSpan.FromSeconds(60),
        MaxFailbackDelay = TimeSpan.FromMinutes(30),
    };

    [Theory]
    [InlineData("Healthy", FallbackAction.Watch)]
    [InlineData("Degraded", FallbackAction.Watch)]
    [InlineData("Unknown", FallbackAction.Watch)]
    [InlineData("Foreign", FallbackAction.Watch)]
    [InlineData("Unhealthy", FallbackAction.TakeLock)]
    [InlineData("Missing", FallbackAction.TakeLock)]
    internal void With_a_free_lock_only_a_webhook_that_does_not_receive_is_replaced_after_the_grace(string condition, FallbackAction act)
    {
        Assert.Equal(act, Decide(condition, LockPlace.Free, Grace));
        Assert.Equal(FallbackAction.Watch, Decide(condition, LockPlace.Free, Shorter));
    }

    [Theory]
    [InlineData("Healthy", FallbackAction.Watch)]
    [InlineData("Degraded", FallbackAction.Watch)]
    [InlineData("Unknown", FallbackAction.Watch)]
    [InlineData("Foreign", FallbackAction.Watch)]
    [InlineData("Unhealthy", FallbackAction.AwaitLock)]
    [InlineData("Missing", FallbackAction.AwaitLock)]
    internal void While_another_instance_holds_the_lock_the_next_in_line_waits_for_it(string condition, FallbackAction act) =>
        Assert.Equal(act, Decide(condition, LockPlace.Others, TimeSpan.Zero));

    [Theory]
    [InlineData("Healthy", FallbackAction.Release)]
    [InlineData("Degraded", FallbackAction.Release)]
    [InlineData("Unknown", FallbackAction.Release)]
    [InlineData("Foreign", FallbackAction.Release)]
    [InlineData("Unhealthy", FallbackAction.Release)]
    [InlineData("Missing", FallbackAction.Poll)]
    internal void Under_the_lock_whoever_finds_no_webhook_polls_at_once_since_the_holder_before_has_gone(string condition, FallbackAction act) =>
        Assert.Equal(act, Decide(condition, LockPlace.Ours, TimeSpan.Zero));

    [Fact]
    public void Under_the_lock_a_webhook_that_has_been_unwell_for_the_grace_is_replaced() =>
        Assert.Equal(FallbackAction.Poll, Decide("Unhealthy", LockPlace.Ours, Grace));

    [Theory]
    [InlineData("Healthy")]
    [InlineData("Degraded")]
    [InlineData("Unhealthy")]
    public void On_one_machine_who_gets_the_lock_of_a_program_that_served_the_webhook_takes_its_place_unless_another_serves_it(string condition)
    {
        FallbackSituation local = Fallback with { Webhook = Verdict(condition, TimeSpan.Zero), IsHeldWhileServing = true };

        Assert.Equal(FallbackAction.AwaitLock, FallbackDecision.Decide(local with { Lock = LockPlace.Others }));
        Assert.Equal(FallbackAction.Poll, FallbackDecision.Decide(local with { Lock = LockPlace.Ours, Target = TargetState.Unknown }));
        Assert.Equal(FallbackAction.Release, FallbackDecision.Decide(local with { Lock = LockPlace.Ours, Target = TargetState.Healthy }));
    }

    [Fact]
    public void A_foreign_webhook_is_taken_only_on_order_and_then_at_once()
    {
        FallbackSituation foreign = Fallback with { Webhook = Verdict("Foreign", TimeSpan.Zero), MayTakeOver = true };

        Assert.Equal(FallbackAction.TakeLock, FallbackDecision.Decide(foreign));
        Assert.Equal(FallbackAction.AwaitLock, FallbackDecision.Decide(foreign with { Lock = LockPlace.Others }));
        Assert.Equal(FallbackAction.Poll, FallbackDecision.Decide(foreign with { Lock = LockPlace.Ours }));
    }

    [Theory]
    [InlineData(TargetState.Healthy, 59, FallbackAction.Poll)]
    [InlineData(TargetState.Healthy, 60, FallbackAction.FailBack)]
    [InlineData(TargetState.Unknown, 1799, FallbackAction.Poll)]
    [InlineData(TargetState.Unknown, 1800, FallbackAction.FailBack)]
    [InlineData(TargetState.Unhealthy, 1_000_000, FallbackAction.Poll)]
    internal void Who_polls_gives_the_updates_back_when_the_webhooks_program_has_been_well_or_out_of_sight_for_long_enough(
        TargetState target, int seconds, FallbackAction act) => Assert.Equal(
            act,
            FallbackDecision.Decide(Fallback with { Lock = LockPlace.OursToPoll, Target = target, TargetFor = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public void Nobody_polls_without_the_lock()
    {
        foreach (WebhookCondition condition in Enum.GetValues<WebhookCondition>())
        {
            foreach (TargetState target in Enum.GetValues<TargetState>())
            {
                foreach (bool flag in new[] { false, true })
                {
                    FallbackSituation situation = Fallback with
                    {
                        Webhook = new WebhookVerdict(condition, TimeSpan.MaxValue),
                        Target = target,
                        TargetFor = TimeSpan.MaxValue,
                        MayTakeOver = flag,
                        IsHeldWhileServing = !flag,
                    };
                    Assert.True(FallbackDecision.Decide(situation) is FallbackAction.Watch or FallbackAction.TakeLock);
                    Assert.True(FallbackDecision.Decide(situation with { Lock = LockPlace.Others }) is FallbackAction.Watch or FallbackAction.AwaitLock);
                }
            }
        }
    }

    private static FallbackAction Decide(string condition, LockPlace place, TimeSpan unwellFor) =>
        FallbackDecision.Decide(Fallback with { Webhook = Verdict(condition, unwellFor), Lock = place });

    private static WebhookVerdict Verdict(string condition, TimeSpan unwellFor) => new(Enum.Parse<WebhookCondition>(condition), unwellFor);
}
