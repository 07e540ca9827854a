using System.Net;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Tests.Locking.BlobLease;
using Azker.Core.Tests.Shared;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.Ledger;

public sealed class TableLedgerTests : UpdateLedgerContract
{
    private readonly AzuriteFixture _azurite;
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly SkewedTimeProvider _clock;
    private TableService _service = null!;
    private TableLedger _table = null!;

    public TableLedgerTests(AzuriteFixture azurite) => (_azurite, _clock) = (azurite, new SkewedTimeProvider(_time));

    protected override bool Survives => true;

    public override async ValueTask InitializeAsync()
    {
        _service = new TableService(await _azurite.Server);
        await base.InitializeAsync();
    }

    public override ValueTask DisposeAsync()
    {
        _service.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task An_ordinary_update_costs_exactly_two_operations()
    {
        await Settle(await Claim(1));
        int before = _service.Requests;

        for (int id = 2; id <= 11; id++)
        {
            await Settle(await Claim(id));
        }

        Assert.Equal(20, _service.Requests - before);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "InvalidHeaderValue", true)]
    [InlineData(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch", true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServerBusy", false)]
    public async Task The_check_at_the_start_tells_a_service_that_refuses_the_calls_from_an_outage(HttpStatusCode status, string code, bool isRefusal)
    {
        _service.Refusal = (status, code);

        UpdateLedgerException error = await Assert.ThrowsAsync<UpdateLedgerException>(() => _table.CheckAsync(TestContext.Current.CancellationToken));

        Assert.Equal(isRefusal, error.IsRefusal);
        Assert.Contains($"cannot be used: {(int)status} {code}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_duplicate_costs_two_operations()
    {
        await Settle(await Claim(1));
        int before = _service.Requests;

        await IsDuplicate(1);

        Assert.Equal(2, _service.Requests - before);
    }

    [Fact]
    public async Task Of_sixteen_processes_that_race_one_gets_it()
    {
        TableLedger[] ledgers = [.. Enumerable.Range(0, 16).Select(_ => new TableLedger(_service.CreateClient(), _clock))];
        await Settle(await Claim(1));

        for (int id = 2; id < 10; id++)
        {
            UpdateClaim[] claims = await Task.WhenAll(ledgers.Select(ledger => ledger.ClaimAsync(id, null, Token).AsTask()));
            Assert.Single(claims, claim => claim.Outcome == ClaimOutcome.Claimed);
            Assert.Equal(15, claims.Count(claim => claim.Outcome == ClaimOutcome.Busy));
        }
    }

    [Fact]
    public async Task A_claim_whose_answer_was_lost_succeeds_at_the_next_attempt_and_has_not_failed()
    {
        await Settle(await Claim(1));
        _service.LosesReplies = true;
        await IsUnavailable(() => _table.ClaimAsync(2, null, Token).AsTask());
        _service.LosesReplies = false;

        Assert.Equal(1, (await Claim(2)).Attempt);
        await IsBusy(2);
    }

    [Fact]
    public async Task For_other_processes_a_claim_whose_answer_was_lost_expires_after_15_s()
    {
        await Settle(await Claim(1));
        _service.LosesReplies = true;
        await IsUnavailable(() => _table.ClaimAsync(2, null, Token).AsTask());
        _service.LosesReplies = false;
        await OpenAsync();

        Assert.Equal(ClaimOutcome.Busy, (await _table.ClaimAsync(2, null, Token)).Outcome);
        Pass(TimeSpan.FromSeconds(17));
        Assert.Equal(2, (await _table.ClaimAsync(2, null, Token)).Attempt);
    }

    [Fact]
    public async Task Settling_and_releasing_whose_answers_were_lost_succeed_when_repeated()
    {
        (UpdateClaim one, UpdateClaim two) = (await Claim(1), await Claim(2));
        _service.LosesReplies = true;
        await IsUnavailable(() => Settle(one).AsTask());
        await IsUnavailable(() => Release(two, hasFailed: true).AsTask());
        _service.LosesReplies = false;

        Assert.True(await Settle(one));
        Assert.True(await Release(two, hasFailed: true));

        await IsDuplicate(1);
        Assert.Equal(2, (await Claim(2)).Attempt);
    }

    [Fact]
    public async Task A_claim_whose_renewal_lost_its_answer_can_be_renewed_settled_and_released()
    {
        UpdateClaim[] claims = [await Claim(1), await Claim(2), await Claim(3)];
        _service.LosesReplies = true;
        foreach (UpdateClaim claim in claims)
        {
            await IsUnavailable(() => Renew(claim).AsTask());
        }

        _service.LosesReplies = false;

        Assert.NotNull(await Renew(claims[0]));
        Assert.True(await Settle(claims[1]));
        Assert.True(await Release(claims[2], hasFailed: true));
        await IsDuplicate(2);
        Assert.Equal(2, (await Claim(3)).Attempt);
    }

    [Fact]
    public async Task A_renewal_costs_one_operation()
    {
        UpdateClaim claim = await Claim(1);
        int before = _service.Requests;

        await Renew(claim);

        Assert.Equal(1, _service.Requests - before);
    }

    [Fact]
    public async Task An_update_that_could_not_be_released_is_claimed_again_by_the_same_process_and_counts_as_failed()
    {
        UpdateClaim claim = await Claim(1);
        _service.IsDown = true;
        await IsUnavailable(() => Release(claim, hasFailed: true).AsTask());
        _service.IsDown = false;

        Assert.Equal(2, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task A_claim_that_could_not_be_settled_does_not_stay_in_memory()
    {
        UpdateClaim claim = await Claim(1);
        _service.IsDown = true;
        for (int attempt = 0; attempt < 4; attempt++)
        {
            await IsUnavailable(() => Settle(claim).AsTask());
        }

        _service.IsDown = false;
        Assert.Equal(1, _table.ClaimsInMemory);
        _time.Advance(IUpdateLedger.ClaimDuration);
        await Settle(await Claim(2));

        Assert.Equal(0, _table.ClaimsInMemory);
    }

    [Fact]
    public async Task A_service_that_is_down_is_reported_without_the_key()
    {
        _service.IsDown = true;

        string words = await IsUnavailable(() => _table.ClaimAsync(1, null, Token).AsTask());

        Assert.StartsWith("The ledger, table AzkerUpdates", words, StringComparison.Ordinal);
        Assert.Contains("The service is down", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Eby8", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_abandoned_in_time()
    {
        var time = new FakeTimeProvider();
        TableClient silent = new(new Uri("http://127.0.0.1:1"), "t", new TableSharedKeyCredential("a", "aaaa"), new TableClientOptions
        {
            Transport = new Azure.Core.Pipeline.HttpClientTransport(new HttpClient(new SilentHandler())),
        });
        Task<UpdateClaim> claim = new TableLedger(silent, time).ClaimAsync(1, null, Token).AsTask();

        time.Advance(TableLedger.AttemptTimeout);

        UpdateLedgerException error = await Assert.ThrowsAsync<UpdateLedgerException>(() => Eventually.Completes(claim));
        Assert.Contains("no answer within 2.5 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_older_than_a_day_are_removed_a_hundred_at_a_time()
    {
        for (int id = 1; id <= 250; id++)
        {
            await Settle(await Claim(id));
        }

        int before = _service.Requests;
        await _table.ExpireAsync(Token);
        Assert.Equal(1, _service.Requests - before);
        await IsDuplicate(250);

        before = _service.Requests;
        (_service.Ahead, _clock.Skew) = (TimeSpan.FromHours(25.1), TimeSpan.FromHours(25.1));
        await _table.ExpireAsync(Token);

        Assert.Equal(4, _service.Requests - before);
        Assert.Equal(1, (await Claim(1)).Attempt);
        Assert.Equal(1, (await Claim(250)).Attempt);
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(0, 100)]
    public async Task Nothing_is_removed_because_a_clock_is_wrong(int machine, int service)
    {
        await Settle(await Claim(1));
        (_clock.Skew, _service.Ahead) = (TimeSpan.FromDays(machine), TimeSpan.FromDays(service));

        await _table.ExpireAsync(Token);

        await IsDuplicate(1);
    }

    [Fact]
    public async Task Without_any_claim_there_is_nothing_to_expire() => await _table.ExpireAsync(Token);

    [Fact]
    public void Each_bot_has_a_table_of_its_own_in_one_account()
    {
        var storage = new StorageOptions { DataDirectory = "none", ConnectionString = "UseDevelopmentStorage=true" };

        Assert.Equal("AzkerUpdates123456", TableLedgerClients.Create(storage, 123456, TimeSpan.FromSeconds(1)).Name);
        Assert.Equal("AzkerUpdates654321", TableLedgerClients.Create(storage, 654321, TimeSpan.FromSeconds(1)).Name);
    }

    protected override void Pass(TimeSpan time) => _service.Ahead += time;

    protected override void SetClock(TimeSpan ahead) => _clock.Skew = ahead;

    private protected override Task<IUpdateLedger> OpenAsync() =>
        Task.FromResult<IUpdateLedger>(_table = new TableLedger(_service.CreateClient(), _clock));

    private static async Task<string> IsUnavailable(Func<Task> call) => (await Assert.ThrowsAsync<UpdateLedgerException>(call)).Message;

    private sealed class SilentHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
