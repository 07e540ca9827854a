using Azker.Core.BotApi;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot.Exceptions;

namespace Azker.Core.Tests.BotApi;

public sealed class BotApiCallTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task An_answer_is_returned() => Assert.Equal(5, await Call(_ => Task.FromResult(5)));

    [Fact]
    public async Task A_refused_call_is_a_fault_of_its_method()
    {
        BotApiException error = await Assert.ThrowsAsync<BotApiException>(() => Call(_ => throw new ApiRequestException("Unauthorized", 401)));

        Assert.Equal(new BotApiFault(BotApiFaultKind.Rejected, "getWebhookInfo", "401 Unauthorized"), error.Fault);
    }

    [Fact]
    public async Task A_call_without_an_answer_is_a_transient_fault_with_its_limit()
    {
        Task<int> call = Call(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
            return 5;
        });

        _time.Advance(TimeSpan.FromSeconds(30));

        BotApiException error = await Assert.ThrowsAsync<BotApiException>(() => Eventually.Completes(call));
        Assert.Equal(BotApiFaultKind.Transient, error.Fault.Kind);
        Assert.Equal("getWebhookInfo failed: no answer within 30 s.", error.Message);
    }

    [Fact]
    public async Task A_defect_is_not_a_fault_of_the_server() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Call(_ => throw new InvalidOperationException("broken")));

    private Task<int> Call(Func<CancellationToken, Task<int>> call) =>
        BotApiCall.RunAsync("getWebhookInfo", call, TimeSpan.FromSeconds(30), _time, TestContext.Current.CancellationToken);
}
