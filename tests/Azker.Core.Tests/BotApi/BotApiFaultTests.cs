using System.Net;
using Azker.Core.BotApi;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.BotApi;

public sealed class BotApiFaultTests
{
    [Theory]
    [InlineData(400, BotApiFaultKind.Transient)]
    [InlineData(401, BotApiFaultKind.Rejected)]
    [InlineData(404, BotApiFaultKind.Rejected)]
    [InlineData(409, BotApiFaultKind.Conflict)]
    [InlineData(421, BotApiFaultKind.Rejected)]
    [InlineData(429, BotApiFaultKind.TooManyRequests)]
    [InlineData(500, BotApiFaultKind.Transient)]
    [InlineData(502, BotApiFaultKind.Transient)]
    public void An_answer_of_the_server_says_what_to_do(int code, object kind) =>
        Assert.Equal((BotApiFaultKind)kind, BotApiFault.From(new ApiRequestException("Words", code))!.Value.Kind);

    [Theory]
    [InlineData(null, 1)]
    [InlineData(0, 1)]
    [InlineData(7, 7)]
    [InlineData(1_000_000, 3600)]
    public void A_429_is_obeyed_within_bounds(int? asked, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        BotApiFault.From(new ApiRequestException("Words", 429, asked is null ? null : new ResponseParameters { RetryAfter = asked }))!.Value.RetryAfter);

    [Fact]
    public void What_is_no_answer_of_the_server_may_pass()
    {
        Assert.Equal(BotApiFaultKind.Transient, BotApiFault.From(new RequestException("No connection"))!.Value.Kind);
        Assert.Equal(BotApiFaultKind.Transient, BotApiFault.From(new RequestException("HTML", HttpStatusCode.NotFound))!.Value.Kind);
        Assert.Equal(BotApiFaultKind.Transient, BotApiFault.From(new TimeoutException("Too late"))!.Value.Kind);
    }

    [Fact]
    public void A_defect_is_no_fault_of_the_server() => Assert.Null(BotApiFault.From(new InvalidOperationException("broken")));
}
