using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Azure;
using Azure.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>The decisions about the lease, without a storage service.</summary>
public sealed class BlobLeasePolicyTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private TimeSpan _sinceBoot = TimeSpan.FromDays(3);

    [Theory]
    [InlineData(404, "BlobNotFound", BlobLeaseOutcome.Missing)]
    [InlineData(404, null, BlobLeaseOutcome.Missing)]
    [InlineData(404, "ContainerNotFound", BlobLeaseOutcome.ContainerMissing)]
    [InlineData(409, "LeaseAlreadyPresent", BlobLeaseOutcome.Held)]
    [InlineData(409, "LeaseIsBreakingAndCannotBeAcquired", BlobLeaseOutcome.Held)]
    [InlineData(409, "LeaseIdMismatchWithLeaseOperation", BlobLeaseOutcome.Lost)]
    [InlineData(409, "LeaseIsBrokenAndCannotBeRenewed", BlobLeaseOutcome.Lost)]
    [InlineData(409, "LeaseIsBreakingAndCannotBeChanged", BlobLeaseOutcome.Lost)]
    [InlineData(409, "LeaseNotPresentWithLeaseOperation", BlobLeaseOutcome.Lost)]
    [InlineData(409, "LeaseLost", BlobLeaseOutcome.Lost)]
    [InlineData(412, "LeaseLost", BlobLeaseOutcome.Lost)]
    [InlineData(412, "LeaseIdMissing", BlobLeaseOutcome.Lost)]
    [InlineData(412, "LeaseIdMismatchWithBlobOperation", BlobLeaseOutcome.Lost)]
    [InlineData(412, "LeaseNotPresentWithBlobOperation", BlobLeaseOutcome.Lost)]
    [InlineData(412, "ConditionNotMet", BlobLeaseOutcome.Changed)]
    [InlineData(409, "BlobAlreadyExists", BlobLeaseOutcome.Changed)]
    [InlineData(401, "InvalidAuthenticationInfo", BlobLeaseOutcome.Denied)]
    [InlineData(403, "AuthorizationFailure", BlobLeaseOutcome.Denied)]
    [InlineData(400, "InvalidHeaderValue", BlobLeaseOutcome.Unusable)]
    [InlineData(408, null, BlobLeaseOutcome.Unknown)]
    [InlineData(409, null, BlobLeaseOutcome.Unknown)]
    [InlineData(409, "AccountBeingCreated", BlobLeaseOutcome.Unknown)]
    [InlineData(409, "ContainerBeingDeleted", BlobLeaseOutcome.Unknown)]
    [InlineData(409, "BlobImmutableDueToPolicy", BlobLeaseOutcome.Unknown)]
    [InlineData(409, "ResourceTypeMismatch", BlobLeaseOutcome.Unknown)]
    [InlineData(409, "PathAlreadyExists", BlobLeaseOutcome.Unknown)]
    [InlineData(403, "AuthorizationPermissionMismatch", BlobLeaseOutcome.Denied)]
    [InlineData(429, null, BlobLeaseOutcome.Unknown)]
    [InlineData(500, "InternalError", BlobLeaseOutcome.Unknown)]
    [InlineData(503, "ServerBusy", BlobLeaseOutcome.Unknown)]
    public void Only_proof_loses_a_lease(int status, string? code, object outcome) =>
        Assert.Equal((BlobLeaseOutcome)outcome, OutcomeOf(new RequestFailedException(status, "", code, null)));

    [Fact]
    public void A_missing_answer_proves_nothing()
    {
        Assert.Equal(BlobLeaseOutcome.Unknown, OutcomeOf(new HttpRequestException("Connection refused")));
        Assert.Equal(BlobLeaseOutcome.Unknown, OutcomeOf(new RequestFailedException("Connection refused")));
        Assert.Equal(BlobLeaseOutcome.Unknown, OutcomeOf(new TaskCanceledException()));
        Assert.Equal(BlobLeaseOutcome.Unknown, OutcomeOf(new InvalidOperationException()));
        Assert.Equal(BlobLeaseOutcome.Denied, OutcomeOf(new CredentialUnavailableException("none")));
    }

    [Fact]
    public void Evidence_is_one_line_of_status_and_code()
    {
        Assert.Equal("409 LeaseLost", BlobLeaseFault.Of(StorageFault.From(new RequestFailedException(409, "long\nand secret", "LeaseLost", null))).Evidence);
        Assert.Equal("no answer: first", BlobLeaseFault.Of(StorageFault.From(new IOException("outer", new IOException("first.\nsecond")))).Evidence);
    }

    [Theory]
    [InlineData(0, 0, 1_000_000)]
    [InlineData(999_999, 0, 1_000_000)]
    [InlineData(1_000_000, 0, 1_000_001)]
    [InlineData(5, 2_000_000, 2_000_001)]
    [InlineData(3_000_000, 2_000_000, 3_000_001)]
    [InlineData(long.MaxValue, 0, 1_000_000)]
    public void An_epoch_is_above_the_recorded_one_the_own_one_and_the_seconds_of_the_clock(long recorded, long own, long expected) =>
        Assert.Equal(expected, LockEpoch.Next(recorded, own, DateTimeOffset.FromUnixTimeSeconds(1_000_000)));

    [Fact]
    public void Elapsed_time_is_the_most_that_any_clock_shows()
    {
        var skewed = new SkewedTimeProvider(_time);
        var clock = new BlobLeaseClock(skewed, () => _sinceBoot);
        BlobLeaseInstant start = clock.Now();

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), clock.Elapsed(start));
        _sinceBoot += TimeSpan.FromSeconds(2);
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Elapsed(start));
        skewed.Skew = TimeSpan.FromSeconds(4);
        Assert.Equal(TimeSpan.FromSeconds(5), clock.Elapsed(start));
        skewed.Skew = TimeSpan.FromHours(-1);
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Elapsed(start));
    }

    [Fact]
    public void The_clocks_of_the_system_agree()
    {
        BlobLeaseClock clock = BlobLeaseClock.For(TimeProvider.System);
        BlobLeaseInstant start = clock.Now();

        Assert.InRange(clock.Elapsed(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(OperatingSystem.IsLinux(), start.SinceBoot > TimeSpan.Zero);
    }

    [Fact]
    public void A_deadline_counts_from_the_sending_and_cannot_be_moved_once_it_has_passed()
    {
        var clock = new BlobLeaseClock(_time);
        var deadline = new BlobLeaseDeadline(clock, TimeSpan.FromSeconds(12), clock.Now());

        _time.Advance(TimeSpan.FromSeconds(4));
        BlobLeaseInstant sent = clock.Now();
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(1), deadline.Remaining);
        Assert.True(deadline.TryConfirm(sent));
        Assert.Equal(TimeSpan.FromSeconds(5), deadline.Remaining);
        BlobLeaseInstant late = clock.Now();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.False(deadline.TryConfirm(late));
        Assert.Equal(TimeSpan.Zero, deadline.Remaining);
        Assert.Equal(TimeSpan.FromSeconds(12), deadline.SinceConfirmed);
    }

    [Theory]
    [InlineData(0, 3.6, 0.8)]
    [InlineData(0.5, 4, 1)]
    [InlineData(1, 4.4, 1.2)]
    public void Renewals_and_reads_are_spread(double random, double renewal, double look)
    {
        var schedule = new BlobLeaseSchedule(TimeSpan.FromSeconds(4), () => random);

        Assert.Equal(renewal, schedule.AfterRenewal().TotalSeconds, 6);
        Assert.Equal(look, schedule.BetweenReads(Leased(LockState.Held)).TotalSeconds, 6);
    }

    [Theory]
    [InlineData(LockState.Draining, 50)]
    [InlineData(LockState.Released, 10)]
    public void A_standby_reads_more_often_when_the_holder_is_releasing(object state, double milliseconds) =>
        Assert.Equal(milliseconds, new BlobLeaseSchedule(TimeSpan.FromSeconds(4), () => 0.5).BetweenReads(Leased((LockState)state)).TotalMilliseconds);

    [Theory]
    [InlineData(null, 8, 0.4)]
    [InlineData(0.0, 8, 0.4)]
    [InlineData(2.0, 8, 2)]
    [InlineData(60.0, 8, 4)]
    [InlineData(60.0, 0.2, 0.4)]
    public void A_service_that_asks_for_time_gets_half_of_what_is_left_at_most(double? asked, double remaining, double pause) =>
        Assert.Equal(
            pause, BlobLeaseSchedule.AfterFault(asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null, TimeSpan.FromSeconds(remaining)).TotalSeconds, 6);

    [Fact]
    public void A_record_reads_like_this()
    {
        BlobLeaseRecord record = BlobLeaseRecords.Of(LockState.Draining, epoch: 1795489200);
        const string Json = """
            {
              "schema": 1,
              "epoch": 1795489200,
              "instance": "someone",
              "host": "box-1",
              "pid": 4711,
              "start": "1970-01-01T00:00:00+00:00",
              "version": "0.1.0",
              "bot": 1,
              "mode": "polling",
              "state": "draining",
              "since": "1970-01-01T00:00:00+00:00",
              "reason": "for the test"
            }
            """;

        Assert.Equal(Json, System.Text.Encoding.UTF8.GetString(record.ToJson()), ignoreLineEndingDifferences: true);
        Assert.Equal(record, BlobLeaseRecord.Parse(record.ToJson()));
    }

    private static BlobLeaseSnapshot Leased(LockState state) =>
        new(null, default, Azure.Storage.Blobs.Models.LeaseState.Leased, BlobLeaseRecords.Of(state));

    private static BlobLeaseOutcome OutcomeOf(Exception exception) => BlobLeaseFault.Of(StorageFault.From(exception)).Outcome;
}
