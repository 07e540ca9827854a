using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

public sealed class FallbackDecisionTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Shorter = TimeSpan.FromSeconds(59);

    private static readonly FallbackSituation Fallback = new()
    {
        Webhook = new WebhookHealth(WebhookCondition.Healthy),
        Target = TargetState.Healthy,
        Lock = LockOwner.None,
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
    internal void With_a_free_lock_only_a_webhook_that_does_not_receive_is_replaced_after_the_grace(string condition, FallbackAction action)
    {
        Assert.Equal(action, Decide(condition, LockOwner.None, Grace));
        Assert.Equal(FallbackAction.Watch, Decide(condition, LockOwner.None, Shorter));
    }

    [Theory]
    [InlineData("Healthy", FallbackAction.Watch)]
    [InlineData("Degraded", FallbackAction.Watch)]
    [InlineData("Unknown", FallbackAction.Watch)]
    [InlineData("Foreign", FallbackAction.Watch)]
    [InlineData("Unhealthy", FallbackAction.AwaitLock)]
    [InlineData("Missing", FallbackAction.AwaitLock)]
    internal void While_another_instance_holds_the_lock_the_successor_waits_for_it(string condition, FallbackAction action) =>
        Assert.Equal(action, Decide(condition, LockOwner.Other, TimeSpan.Zero));

    [Theory]
    [InlineData("Healthy", FallbackAction.Release)]
    [InlineData("Degraded", FallbackAction.Release)]
    [InlineData("Unknown", FallbackAction.Release)]
    [InlineData("Foreign", FallbackAction.Release)]
    [InlineData("Unhealthy", FallbackAction.Release)]
    [InlineData("Missing", FallbackAction.Poll)]
    internal void Under_the_lock_an_instance_that_finds_no_webhook_polls_at_once_because_the_previous_holder_has_ended(string condition, FallbackAction action) =>
        Assert.Equal(action, Decide(condition, LockOwner.Self, TimeSpan.Zero));

    [Fact]
    public void Under_the_lock_a_webhook_that_has_been_unhealthy_for_the_grace_is_replaced() =>
        Assert.Equal(FallbackAction.Poll, Decide("Unhealthy", LockOwner.Self, Grace));

    [Theory]
    [InlineData("Healthy")]
    [InlineData("Degraded")]
    [InlineData("Unhealthy")]
    public void On_one_machine_the_next_holder_of_the_lock_replaces_the_program_that_served_the_webhook_unless_another_serves_it(string condition)
    {
        FallbackSituation local = Fallback with { Webhook = Health(condition, TimeSpan.Zero), IsHeldWhileServing = true };

        Assert.Equal(FallbackAction.AwaitLock, FallbackDecision.Decide(local with { Lock = LockOwner.Other }));
        Assert.Equal(FallbackAction.Poll, FallbackDecision.Decide(local with { Lock = LockOwner.Self, Target = TargetState.Unknown }));
        Assert.Equal(FallbackAction.Release, FallbackDecision.Decide(local with { Lock = LockOwner.Self, Target = TargetState.Healthy }));
    }

    [Fact]
    public void A_foreign_webhook_is_replaced_only_on_order_and_then_at_once()
    {
        FallbackSituation foreign = Fallback with { Webhook = Health("Foreign", TimeSpan.Zero), MayTakeOver = true };

        Assert.Equal(FallbackAction.TakeLock, FallbackDecision.Decide(foreign));
        Assert.Equal(FallbackAction.AwaitLock, FallbackDecision.Decide(foreign with { Lock = LockOwner.Other }));
        Assert.Equal(FallbackAction.Poll, FallbackDecision.Decide(foreign with { Lock = LockOwner.Self }));
    }

    [Theory]
    [InlineData(TargetState.Healthy, 59, FallbackAction.Poll)]
    [InlineData(TargetState.Healthy, 60, FallbackAction.FailBack)]
    [InlineData(TargetState.Unknown, 1799, FallbackAction.Poll)]
    [InlineData(TargetState.Unknown, 1800, FallbackAction.FailBack)]
    [InlineData(TargetState.Unhealthy, 1_000_000, FallbackAction.Poll)]
    internal void A_poller_fails_back_when_the_target_has_been_healthy_or_unreachable_for_long_enough(
        TargetState target, int seconds, FallbackAction action) => Assert.Equal(
            action,
            FallbackDecision.Decide(Fallback with { Lock = LockOwner.SelfPolling, Target = target, TargetFor = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public void No_instance_polls_without_the_lock()
    {
        foreach (WebhookCondition condition in Enum.GetValues<WebhookCondition>())
        {
            foreach (TargetState target in Enum.GetValues<TargetState>())
            {
                foreach (bool flag in new[] { false, true })
                {
                    FallbackSituation situation = Fallback with
                    {
                        Webhook = new WebhookHealth(condition, TimeSpan.MaxValue),
                        Target = target,
                        TargetFor = TimeSpan.MaxValue,
                        MayTakeOver = flag,
                        IsHeldWhileServing = !flag,
                    };
                    Assert.True(FallbackDecision.Decide(situation) is FallbackAction.Watch or FallbackAction.TakeLock);
                    Assert.True(FallbackDecision.Decide(situation with { Lock = LockOwner.Other }) is FallbackAction.Watch or FallbackAction.AwaitLock);
                }
            }
        }
    }

    private static FallbackAction Decide(string condition, LockOwner owner, TimeSpan unhealthyFor) =>
        FallbackDecision.Decide(Fallback with { Webhook = Health(condition, unhealthyFor), Lock = owner });

    private static WebhookHealth Health(string condition, TimeSpan unhealthyFor) => new(Enum.Parse<WebhookCondition>(condition), unhealthyFor);
}
