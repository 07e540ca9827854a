using Azker.Core.Instances;
using Azker.Core.Overview;

namespace Azker.Core.Tests.Overview;

public sealed class ReceiverTimelineTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.UnixEpoch.AddYears(56).AddHours(12);

    [Fact]
    public void A_takeover_ends_the_period_of_the_instance_that_was_killed()
    {
        IReadOnlyList<TimelineSegment> segments = ReceiverTimeline.Join(
            [Period("a", 0), Period("b", 10)], null, [Instance("a", lastSign: 9), Instance("b", lastSign: 11)]);

        Assert.Equal([(1, Noon.AddSeconds(10), true), (2, null, false)], segments.Select(Shown));
    }

    [Fact]
    public void A_period_lasts_until_the_last_sign_of_an_instance_that_is_late()
    {
        TimelineSegment segment = Assert.Single(ReceiverTimeline.Join([Period("a", 0)], null, [Instance("a", lastSign: 30, isLate: true)]));

        Assert.Equal((1, Noon.AddSeconds(30), true), Shown(segment));
    }

    [Fact]
    public void A_stop_is_no_break_and_two_instances_may_serve_one_webhook()
    {
        IReadOnlyList<TimelineSegment> segments = ReceiverTimeline.Join(
            [Period("a", 0, until: 5), Period("a", 6, mode: "webhook"), Period("b", 7, mode: "webhook")], null, [Instance("a", 8), Instance("b", 8)]);

        Assert.Equal([(1, Noon.AddSeconds(5), false), (1, null, false), (2, null, false)], segments.Select(Shown));
    }

    [Fact]
    public void A_webhook_without_a_sign_of_life_is_shown_since_it_was_registered()
    {
        var receiver = new ReceiverReport("webhook", null, null, Noon.AddSeconds(20), 3);

        IReadOnlyList<TimelineSegment> segments = ReceiverTimeline.Join([Period("a", 0, until: 19)], receiver, []);

        Assert.Equal(new TimelineSegment(null, null, "webhook", Noon.AddSeconds(20), null, false), segments[1]);
    }

    private static (int?, DateTimeOffset?, bool) Shown(TimelineSegment segment) => (segment.Pid, segment.Until, segment.IsBroken);

    private static ReceiverPeriod Period(string instance, int since, int? until = null, string mode = "polling") =>
        new(1, instance, "host", instance[0] - 'a' + 1, mode, Noon.AddSeconds(since), until is { } end ? Noon.AddSeconds(end) : null);

    private static InstanceReport Instance(string instance, int lastSign, bool isLate = false) => new(
        isLate,
        new InstanceRecord(1, instance, "host", 1, "0", Noon, Noon.AddSeconds(lastSign), 5, "polling", InstanceRecord.Receiving, null, null, null, 0, 0, 0, 0, null));
}
