using Azker.Core.Receiving;

namespace Azker.Core.Tests.Receiving;

public sealed class ReceivingDecisionTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Shorter = TimeSpan.FromSeconds(59);

    private static readonly ReceivingSituation Fallback = new()
    {
        Webhook = new WebhookVerdict(WebhookCondition.Well),
        Target = TargetState.Well,
        Lock = LockPlace.Free,
        Grace = Grace,
        Dwell = TimeSpan.FromSeconds(60),
        LongestDwell = TimeSpan.FromMinutes(30),
    };

    [Theory]
    [InlineData("Well", ReceivingAct.Watch)]
    [InlineData("Doubtful", ReceivingAct.Watch)]
    [InlineData("Unknown", ReceivingAct.Watch)]
    [InlineData("Foreign", ReceivingAct.Watch)]
    [InlineData("Unwell", ReceivingAct.TakeLock)]
    [InlineData("Missing", ReceivingAct.TakeLock)]
    internal void With_a_free_lock_only_a_webhook_that_does_not_receive_is_replaced_after_the_grace(string condition, ReceivingAct act)
    {
        Assert.Equal(act, Decide(condition, LockPlace.Free, Grace));
        Assert.Equal(ReceivingAct.Watch, Decide(condition, LockPlace.Free, Shorter));
    }

    [Theory]
    [InlineData("Well", ReceivingAct.Watch)]
    [InlineData("Doubtful", ReceivingAct.Watch)]
    [InlineData("Unknown", ReceivingAct.Watch)]
    [InlineData("Foreign", ReceivingAct.Watch)]
    [InlineData("Unwell", ReceivingAct.AwaitLock)]
    [InlineData("Missing", ReceivingAct.AwaitLock)]
    internal void While_another_instance_holds_the_lock_the_next_in_line_waits_for_it(string condition, ReceivingAct act) =>
        Assert.Equal(act, Decide(condition, LockPlace.Others, TimeSpan.Zero));

    [Theory]
    [InlineData("Well", ReceivingAct.Release)]
    [InlineData("Doubtful", ReceivingAct.Release)]
    [InlineData("Unknown", ReceivingAct.Release)]
    [InlineData("Foreign", ReceivingAct.Release)]
    [InlineData("Unwell", ReceivingAct.Release)]
    [InlineData("Missing", ReceivingAct.Poll)]
    internal void Under_the_lock_whoever_finds_no_webhook_polls_at_once_since_the_holder_before_has_gone(string condition, ReceivingAct act) =>
        Assert.Equal(act, Decide(condition, LockPlace.Ours, TimeSpan.Zero));

    [Fact]
    public void Under_the_lock_a_webhook_that_has_been_unwell_for_the_grace_is_replaced() =>
        Assert.Equal(ReceivingAct.Poll, Decide("Unwell", LockPlace.Ours, Grace));

    [Theory]
    [InlineData("Well")]
    [InlineData("Doubtful")]
    [InlineData("Unwell")]
    public void On_one_machine_who_gets_the_lock_of_a_program_that_served_the_webhook_takes_its_place_unless_another_serves_it(string condition)
    {
        ReceivingSituation local = Fallback with { Webhook = Verdict(condition, TimeSpan.Zero), IsHeldWhileServing = true };

        Assert.Equal(ReceivingAct.AwaitLock, ReceivingDecision.Decide(local with { Lock = LockPlace.Others }));
        Assert.Equal(ReceivingAct.Poll, ReceivingDecision.Decide(local with { Lock = LockPlace.Ours, Target = TargetState.Unknown }));
        Assert.Equal(ReceivingAct.Release, ReceivingDecision.Decide(local with { Lock = LockPlace.Ours, Target = TargetState.Well }));
    }

    [Fact]
    public void A_foreign_webhook_is_taken_only_on_order_and_then_at_once()
    {
        ReceivingSituation foreign = Fallback with { Webhook = Verdict("Foreign", TimeSpan.Zero), MayTakeOver = true };

        Assert.Equal(ReceivingAct.TakeLock, ReceivingDecision.Decide(foreign));
        Assert.Equal(ReceivingAct.AwaitLock, ReceivingDecision.Decide(foreign with { Lock = LockPlace.Others }));
        Assert.Equal(ReceivingAct.Poll, ReceivingDecision.Decide(foreign with { Lock = LockPlace.Ours }));
    }

    [Theory]
    [InlineData(TargetState.Well, 59, ReceivingAct.Poll)]
    [InlineData(TargetState.Well, 60, ReceivingAct.HandBack)]
    [InlineData(TargetState.Unknown, 1799, ReceivingAct.Poll)]
    [InlineData(TargetState.Unknown, 1800, ReceivingAct.HandBack)]
    [InlineData(TargetState.Unwell, 1_000_000, ReceivingAct.Poll)]
    internal void Who_polls_gives_the_updates_back_when_the_webhooks_program_has_been_well_or_out_of_sight_for_long_enough(
        TargetState target, int seconds, ReceivingAct act) => Assert.Equal(
            act,
            ReceivingDecision.Decide(Fallback with { Lock = LockPlace.OursToPoll, Target = target, TargetFor = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public void Nobody_polls_without_the_lock()
    {
        foreach (WebhookCondition condition in Enum.GetValues<WebhookCondition>())
        {
            foreach (TargetState target in Enum.GetValues<TargetState>())
            {
                foreach (bool flag in new[] { false, true })
                {
                    ReceivingSituation situation = Fallback with
                    {
                        Webhook = new WebhookVerdict(condition, TimeSpan.MaxValue),
                        Target = target,
                        TargetFor = TimeSpan.MaxValue,
                        MayTakeOver = flag,
                        IsHeldWhileServing = !flag,
                    };
                    Assert.True(ReceivingDecision.Decide(situation) is ReceivingAct.Watch or ReceivingAct.TakeLock);
                    Assert.True(ReceivingDecision.Decide(situation with { Lock = LockPlace.Others }) is ReceivingAct.Watch or ReceivingAct.AwaitLock);
                }
            }
        }
    }

    private static ReceivingAct Decide(string condition, LockPlace place, TimeSpan unwellFor) =>
        ReceivingDecision.Decide(Fallback with { Webhook = Verdict(condition, unwellFor), Lock = place });

    private static WebhookVerdict Verdict(string condition, TimeSpan unwellFor) => new(Enum.Parse<WebhookCondition>(condition), unwellFor);
}
