using Azker.Core.Infrastructure;
using Azker.Core.Tests.Shared;
using Azure;
using Azure.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Infrastructure;

public sealed class StorageCallTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.5);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_result_is_given()
    {
        StorageAnswer<int> answer = await Run(_ => Task.FromResult(7));

        Assert.Equal((7, null), (answer.Value, answer.Fault));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_lasts_too_long_is_no_answer(bool isTokenHeeded)
    {
        Task<StorageAnswer<int>> call = Run(token => Never(isTokenHeeded ? token : Token));
        _time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        StorageFault fault = (await Eventually.Completes(call)).Fault!;
        Assert.Equal(("no answer within 2.5 s", null, false), (fault.Evidence, fault.Status, fault.IsDenied));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_callers_cancellation_is_no_fault(bool isTokenHeeded)
    {
        using var caller = new CancellationTokenSource();
        Task call = StorageCall.RunAsync(token => Never(isTokenHeeded ? token : Token), Limit, _time, caller.Token);

        await caller.CancelAsync();
        _time.Advance(Limit);

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(call));
        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task Nothing_is_sent_when_no_time_is_left()
    {
        StorageAnswer<int> answer = await StorageCall.RunAsync<int>(_ => throw new InvalidOperationException(), TimeSpan.Zero, _time, Token);

        Assert.Equal("no time was left for the call", answer.Fault!.Evidence);
    }

    [Fact]
    public async Task An_answer_is_described_by_status_and_code_and_by_nothing_that_may_be_secret()
    {
        var refusal = new RequestFailedException(409, "long\nand secret", "LeaseLost", null);

        StorageFault fault = (await Run(_ => throw refusal)).Fault!;

        Assert.Equal(("409 LeaseLost", 409, "LeaseLost", false), (fault.Evidence, fault.Status, fault.ErrorCode, fault.IsDenied));
        Assert.Same(refusal, fault.Cause);
    }

    [Theory]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(404, false)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    public void A_refused_credential_is_distinguished_from_other_answers(int status, bool isDenied) =>
        Assert.Equal(isDenied, StorageFault.From(new RequestFailedException(status, "")).IsDenied);

    [Fact]
    public void A_missing_credential_is_a_missing_permission()
    {
        var fault = StorageFault.From(new CredentialUnavailableException("none.\nmore"));

        Assert.Equal(("no credential: none", true, null), (fault.Evidence, fault.IsDenied, fault.Status));
    }

    [Fact]
    public void A_connection_that_fails_is_no_answer()
    {
        var fault = StorageFault.From(new RequestFailedException(0, "outer", new IOException("first.\nsecond")));

        Assert.Equal(("no answer: first", null, false), (fault.Evidence, fault.Status, fault.IsDenied));
    }

    private Task<StorageAnswer<int>> Run(Func<CancellationToken, Task<int>> call) => StorageCall.RunAsync(call, Limit, _time, Token);

    private static async Task<int> Never(CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        return 0;
    }
}
