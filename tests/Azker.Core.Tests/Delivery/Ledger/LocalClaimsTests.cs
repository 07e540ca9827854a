using Azker.Core.Delivery.Ledger;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.Ledger;

public sealed class LocalClaimsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LocalClaims _claims;

    public LocalClaimsTests() => _claims = new LocalClaims(_time);

    [Fact]
    public void A_claim_that_could_not_be_settled_ends_when_its_time_is_over()
    {
        foreach (int id in Enumerable.Range(1, 100))
        {
            _claims.EndLater(Claim(id));
        }

        Pass(IUpdateLedger.ClaimDuration - TimeSpan.FromSeconds(1));
        Assert.Equal(LocalClaim.Held, _claims.Begin(1));
        Assert.Equal(100, _claims.Count);
        Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(LocalClaim.None, _claims.Begin(1));
        Assert.Equal(1, _claims.Count);
    }

    [Fact]
    public void The_time_of_a_claim_begins_again_with_each_attempt_to_settle_it()
    {
        UpdateClaim claim = Claim(1);
        _claims.EndLater(claim);
        Pass(TimeSpan.FromSeconds(10));
        _claims.EndLater(claim);

        Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(LocalClaim.Held, _claims.Begin(1));
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(LocalClaim.None, _claims.Begin(1));
    }

    [Fact]
    public void A_claim_that_nobody_tried_to_settle_does_not_end_by_itself()
    {
        Claim(1);

        Pass(TimeSpan.FromHours(1));

        Assert.Equal(LocalClaim.Held, _claims.Begin(1));
    }

    [Fact]
    public void A_later_claim_on_the_same_update_does_not_end_with_the_earlier_one()
    {
        _claims.EndLater(Claim(1, "first"));
        Claim(1, "second");

        Pass(TimeSpan.FromHours(1));

        Assert.Equal(LocalClaim.Held, _claims.Begin(1));
    }

    private UpdateClaim Claim(int id, string token = "token")
    {
        LocalClaim before = _claims.Begin(id);
        var claim = new UpdateClaim(ClaimOutcome.Claimed, 1) { UpdateId = id, Token = token };
        _claims.Complete(id, before, claim);
        return claim;
    }

    private void Pass(TimeSpan time) => _time.Advance(time);
}
