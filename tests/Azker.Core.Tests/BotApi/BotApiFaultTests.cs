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
    public void The_error_code_says_what_the_caller_can_do(int code, object kind) =>
        Assert.Equal((BotApiFaultKind)kind, BotApiFault.From("getUpdates", new ApiRequestException("Words", code)).Kind);

    [Theory]
    [InlineData(null, 1)]
    [InlineData(0, 1)]
    [InlineData(7, 7)]
    [InlineData(1_000_000, 3600)]
    public void A_429_is_obeyed_within_bounds(int? asked, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        BotApiFault.From("getUpdates", new ApiRequestException("Words", 429, asked is null ? null : new ResponseParameters { RetryAfter = asked })).RetryAfter);

    [Fact]
    public void A_fault_that_is_not_an_answer_of_the_server_is_transient()
    {
        Assert.Equal(BotApiFaultKind.Transient, BotApiFault.From("getUpdates", new RequestException("No connection")).Kind);
        Assert.Equal(BotApiFaultKind.Transient, BotApiFault.From("getUpdates", new RequestException("HTML", HttpStatusCode.NotFound)).Kind);
    }

    [Fact]
    public void The_description_names_the_method_and_the_cause() => Assert.Equal(
        "setWebhook failed: 400 Bad Request: bad webhook.", BotApiFault.From("setWebhook", new ApiRequestException("Bad Request: bad webhook", 400)).Description);
}
