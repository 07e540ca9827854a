using System.Net.Http.Headers;
using System.Text;

namespace Azker.BotApi.Tests.Control;

/// <summary>The control API reads a JSON body whatever its Content-Type says, and explains each body that it refuses.</summary>
public sealed class ControlBodyTests
{
    private const string Messages = "bots/123456/messages";
    private const string Kinds = "reset, hang, html, too_many_requests, conflict, delay, reset_mid_response, truncated, error, chat_migrated or no_answer";
    private const string MessageMembers =
        "Send a JSON object with these members: chat (whole number), text (string), user (whole number, optional).";

    private const string FaultMembers =
        "Send a JSON object with these members: kind (" + Kinds + "), "
        + "method (string, optional), port (whole number, optional), bot (whole number, optional), chat (whole number, optional), times (whole number, optional), "
        + "status (whole number, optional), retry_after (whole number, optional), text (string, optional), delay_seconds (number, optional), "
        + "migrate_to (whole number, optional).";

    private const string UpdateMember = "Send a JSON object with one member, the update without its update_id: {\"message\":{...}}.";

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/json")]
    public async Task JSON_is_read_with_any_content_type_and_without_one(string? contentType)
    {
        await using TestServer test = await TestServer.StartAsync();
        string token = $$"""{"token":"{{TestServer.Token}}"}""";
        Assert.Equal("""{"id":123456}""", (await PostAsync(test, "bots", token, contentType)).Body);
        Assert.Equal(200, (await PostAsync(test, Messages, """{"chat":5,"text":"a"}""", contentType)).Status);
        Assert.Equal(200, (await PostAsync(test, "bots/123456/updates", """{"callback_query":{}}""", contentType)).Status);
        Assert.Equal(200, (await PostAsync(test, "bots/123456/webhook-error", """{"message":"a"}""", contentType)).Status);
        Assert.Equal("""{"id":1}""", (await PostAsync(test, "faults", """{"kind":"html"}""", contentType)).Body);
        Assert.Equal(["message", "callback_query"], test.Bot.Updates.Select(update => update.Kind));
    }

    [Theory]
    [InlineData(Messages, "", "The body is empty. " + MessageMembers)]
    [InlineData(Messages, " \n", "The body is empty. " + MessageMembers)]
    [InlineData(Messages, """[{"chat":5}]""", "The body is a JSON array. " + MessageMembers)]
    [InlineData(Messages, """{"text":"a"}""", "The member chat is missing. " + MessageMembers)]
    [InlineData(Messages, """{"chat":5}""", "The member text is missing. " + MessageMembers)]
    [InlineData(Messages, """{"chat":"x","text":"a"}""", "The member chat is \"x\" and must be a whole number. " + MessageMembers)]
    [InlineData(Messages, """{"chat":5.5,"text":"a"}""", "The member chat is 5.5 and must be a whole number. " + MessageMembers)]
    [InlineData(Messages, """{"chat":5,"text":7}""", "The member text is 7 and must be a string. " + MessageMembers)]
    [InlineData(Messages, """{"chat":5,"text":"\ud800"}""", "The member text is \"\\ud800\" and must be a string. " + MessageMembers)]
    [InlineData(Messages, """{"chat":5,"text":null}""", "The member text is null and must be a string. " + MessageMembers)]
    [InlineData(Messages, """{"chat":{},"text":"a"}""", "The member chat is an object and must be a whole number. " + MessageMembers)]
    [InlineData(Messages, """{"chat":5,"chat":true,"text":"a"}""", "The member chat is true and must be a whole number. " + MessageMembers)]
    [InlineData(Messages, """{"chat":5,"text":"a","usr":6}""", "The member usr is unknown. " + MessageMembers)]
    [InlineData("bots", "{}", "The member token is missing. Send a JSON object with these members: token (string).")]
    [InlineData("bots/123456/webhook-error", "5", "The body is a JSON number. Send a JSON object with these members: message (string).")]
    [InlineData("faults", "{}", "The member kind is missing. " + FaultMembers)]
    [InlineData("faults", """{"kind":"nonsense"}""", "The member kind is \"nonsense\" and must be " + Kinds + ". " + FaultMembers)]
    [InlineData("faults", """{"kind":2}""", "The member kind is 2 and must be " + Kinds + ". " + FaultMembers)]
    [InlineData("faults", """{"kind":"hang","port":9999999999}""", "The member port is 9999999999 and must be a whole number. " + FaultMembers)]
    public async Task A_refused_body_is_400_and_the_answer_says_what_is_wrong_and_what_to_send(string path, string body, string error)
    {
        await using TestServer test = await TestServer.StartAsync();
        AssertRefused(error, await PostAsync(test, path, body, "application/json"));
    }

    [Theory]
    [InlineData(Messages, "{\"chat\":", MessageMembers)]
    [InlineData(Messages, "chat=5&text=a", MessageMembers)]
    [InlineData("faults", """{"kind":"hang"} {"kind":"hang"}""", FaultMembers)]
    [InlineData("bots/123456/updates", "nonsense", UpdateMember)]
    public async Task A_body_that_is_not_JSON_is_400_and_the_answer_names_the_position(string path, string body, string expected)
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await PostAsync(test, path, body, null);
        Assert.Equal(400, answer.Status);
        string error = answer.Json.GetProperty("error").GetString()!;
        Assert.Matches("^The body is not JSON: .+ LineNumber: 0 . BytePositionInLine: [0-9]+\\. Send a JSON object", error);
        Assert.EndsWith(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"update_id":1,"message":{}}""")]
    public async Task An_update_is_an_object_with_one_member(string body)
    {
        await using TestServer test = await TestServer.StartAsync();
        Answer answer = await PostAsync(test, "bots/123456/updates", body, null);
        Assert.Equal(400, answer.Status);
        Assert.EndsWith(UpdateMember, answer.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"hang","times":0}""", "Times is 0 and must be 1 or more. Leave it out to act on every call.")]
    [InlineData("""{"kind":"html","status":42}""", "Status is 42 and must be 200 to 599, except 204, 205 and 304, which have no body.")]
    [InlineData("""{"kind":"html","status":204}""", "Status is 204 and must be 200 to 599, except 204, 205 and 304, which have no body.")]
    [InlineData("""{"kind":"error","status":200}""", "Status is 200 and must be 400 to 599 for an error.")]
    [InlineData("""{"kind":"too_many_requests","retry_after":0}""", "RetryAfter is 0 and must be 1 or more, in seconds.")]
    [InlineData("""{"kind":"delay","delay_seconds":-1}""", "The member delay_seconds is -1 and must be 0 to 4000000, in seconds.")]
    [InlineData("""{"kind":"delay","delay_seconds":1e300}""", "The member delay_seconds is 1E+300 and must be 0 to 4000000, in seconds.")]
    public async Task A_fault_out_of_range_is_400_and_the_answer_names_the_range(string body, string error)
    {
        await using TestServer test = await TestServer.StartAsync();
        AssertRefused(error, await PostAsync(test, "faults", body, null));
        Assert.Empty(test.Server.Faults.All);
    }

    [Theory]
    [InlineData("bots/123456/messages", """{"chat":0,"text":"a"}""", "The chat is 0. A chat id is positive (private) or negative (group).")]
    [InlineData("bots/123456/messages", """{"chat":5,"text":"a","user":-7}""", "The user is -7. A user id is 1 or more.")]
    [InlineData("bots/0/messages", """{"chat":5,"text":"a"}""", "The bot id is 0. A bot id is 1 to 36028797018963967.")]
    [InlineData(
        "bots", """{"token":"nonsense"}""", "The token is malformed. A token is <bot id>:<secret>, the secret 24 or more of A-Z a-z 0-9 _ -.")]
    public async Task An_id_out_of_range_is_400_and_the_answer_names_the_range(string path, string body, string error)
    {
        await using TestServer test = await TestServer.StartAsync();
        AssertRefused(error, await PostAsync(test, path, body, null));
    }

    [Theory]
    [InlineData("bots/123456/messages")]
    [InlineData("bots/123456/updates")]
    public async Task A_body_in_another_encoding_than_UTF_8_is_400(string path)
    {
        await using TestServer test = await TestServer.StartAsync();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes("""{"chat":5,"text":"é"}"""));
        Answer answer = await Answer.ReadAsync(await test.Http.PostAsync($"{test.Server.Url}/control/{path}", content, TestServer.Cancellation));
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("The body is not UTF-8. Send a JSON object", answer.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static void AssertRefused(string error, Answer answer)
    {
        Assert.Equal(400, answer.Status);
        Assert.Equal("application/json; charset=utf-8", answer.Response.Content.Headers.ContentType?.ToString());
        Assert.Equal(error, answer.Json.GetProperty("error").GetString());
    }

    private static async Task<Answer> PostAsync(TestServer test, string path, string body, string? contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return await Answer.ReadAsync(await test.Http.PostAsync($"{test.Server.Url}/control/{path}", content, TestServer.Cancellation));
    }
}
