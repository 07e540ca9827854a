using System.Net;
using System.Text.Json;
using Azker.Core.Handling.Errors;
using Azker.Core.Infrastructure;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.Handling.Errors;

public sealed class BotApiErrorTests
{
    [Theory]
    [InlineData("bot was blocked by the user")]
    [InlineData("user is deactivated")]
    [InlineData("bot was kicked from the group chat")]
    [InlineData("a text that is not known")]
    public void Every_403_is_a_refusal(string text) => Assert.Equal(ErrorClass.Refused, Of(403, $"Forbidden: {text}"));

    [Theory]
    [InlineData("chat not found")]
    [InlineData("user not found")]
    [InlineData("user is deactivated")]
    [InlineData("group chat was deactivated")]
    [InlineData("group chat was upgraded to a supergroup chat")]
    [InlineData("bot was kicked from the group chat")]
    [InlineData("USER_IS_BLOCKED")]
    [InlineData("PEER_ID_INVALID")]
    [InlineData("message to be replied not found")]
    [InlineData("message to edit not found")]
    [InlineData("message to delete not found")]
    [InlineData("message to pin not found")]
    [InlineData("message to forward not found")]
    [InlineData("message to copy not found")]
    [InlineData("message is not modified: specified new message content and reply markup are exactly the same")]
    [InlineData("chat description is not modified")]
    [InlineData("TOPIC_NOT_MODIFIED")]
    [InlineData("message can't be edited")]
    [InlineData("message can't be deleted for everyone")]
    [InlineData("query is too old and response timeout expired or query ID is invalid")]
    [InlineData("not enough rights to send text messages to the chat")]
    [InlineData("have no rights to send a message")]
    [InlineData("need administrator rights in the channel chat")]
    [InlineData("CHAT_WRITE_FORBIDDEN")]
    [InlineData("CHAT_SEND_PHOTOS_FORBIDDEN")]
    [InlineData("VOICE_MESSAGES_FORBIDDEN")]
    [InlineData("CHAT_ADMIN_REQUIRED")]
    [InlineData("CHAT_RESTRICTED")]
    [InlineData("TOPIC_CLOSED")]
    [InlineData("TOPIC_DELETED")]
    [InlineData("message thread not found")]
    [InlineData("Message Thread Not Found")]
    public void A_400_that_depends_on_chats_users_rights_and_messages_is_a_refusal(string text) =>
        Assert.Equal(ErrorClass.Refused, Of(400, $"Bad Request: {text}"));

    [Theory]
    [InlineData("can't parse entities: Unclosed start tag at byte offset 3")]
    [InlineData("message text is empty")]
    [InlineData("message is too long")]
    [InlineData("BUTTON_DATA_INVALID")]
    [InlineData("chat_id is empty")]
    [InlineData("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")]
    [InlineData("failed to get HTTP URL content")]
    [InlineData("sticker set not found")]
    [InlineData("invalid user_id specified")]
    [InlineData("")]
    public void Any_other_400_is_a_faulty_call(string text) => Assert.Equal(ErrorClass.Faulty, Of(400, $"Bad Request: {text}"));

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(404, "Not Found")]
    [InlineData(409, "Conflict: terminated by other getUpdates request")]
    [InlineData(421, "Misdirected Request")]
    [InlineData(400, "Logged out")]
    [InlineData(500, "Internal Server Error: restart")]
    [InlineData(502, "Bad Gateway")]
    [InlineData(504, "Gateway Timeout")]
    public void An_answer_for_which_the_token_or_the_server_is_at_fault_is_an_outage(int code, string text) => Assert.Equal(ErrorClass.Outage, Of(code, text));

    [Theory]
    [InlineData(402, "Payment Required")]
    [InlineData(406, "Not Acceptable")]
    [InlineData(413, "Request Entity Too Large")]
    [InlineData(404, "Not Found: method not found")]
    public void Any_other_4xx_is_a_faulty_call(int code, string text) => Assert.Equal(ErrorClass.Faulty, Of(code, text));

    [Theory]
    [InlineData(90, 90)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(null, 1)]
    [InlineData(36_000, 36_000)]
    public void A_429_is_throttled_for_the_seconds_that_it_asks_for_and_for_at_least_1(int? asked, int seconds)
    {
        ErrorClass error = ErrorClass.Of(new ApiRequestException("Too Many Requests", 429, asked is null ? null : new ResponseParameters { RetryAfter = asked }));

        Assert.Equal((ErrorKind.Throttled, TimeSpan.FromSeconds(seconds)), (error.Kind, error.RetryAfter));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Accepted)]
    public void An_unreadable_2xx_is_a_lost_answer(HttpStatusCode status) =>
        Assert.Equal(ErrorClass.AnswerLost, ErrorClass.Of(new RequestException("Unreadable", status, new JsonException())));

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.BadGateway)]
    public void Any_other_answer_that_is_none_of_the_Bot_API_is_an_outage(HttpStatusCode status) =>
        Assert.Equal(ErrorClass.Outage, ErrorClass.Of(new RequestException("HTML", status, new JsonException())));

    [Fact]
    public void A_call_without_an_answer_is_classified_by_its_cause()
    {
        Assert.Equal(ErrorClass.Outage, ErrorClass.Of(new RequestException("Failed", new HttpRequestException("Connection refused"))));
        Assert.Equal(ErrorClass.Outage, ErrorClass.Of(new RequestException("Timed out", new TaskCanceledException("Timed out", new TimeoutException()))));
        Assert.Equal(ErrorClass.Faulty, ErrorClass.Of(new RequestException("Failed", new NotSupportedException())));
        Assert.Equal(ErrorClass.Unexpected, ErrorClass.Of(new RequestException("Failed")));
    }

    [Fact]
    public void A_call_that_was_sent_completely_is_a_lost_answer_also_when_it_timed_out()
    {
        var lost = new AnswerLostException("Lost", new IOException());
        var cancelled = new OperationCanceledException("Cancelled", lost);

        Assert.Equal(ErrorClass.AnswerLost, ErrorClass.Of(lost));
        Assert.Equal(ErrorClass.AnswerLost, ErrorClass.Of(cancelled));
        Assert.Equal(ErrorClass.AnswerLost, ErrorClass.Of(new RequestException("Failed", lost)));
        Assert.Equal(
            ErrorClass.AnswerLost,
            ErrorClass.Of(new RequestException("Timed out", new TaskCanceledException("Timed out", new TimeoutException("Timed out", cancelled)))));
    }

    private static ErrorClass Of(int code, string description) => ErrorClass.Of(new ApiRequestException(description, code));
}
