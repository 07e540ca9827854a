using System.Text.Json.Nodes;
using Azker.BotApi.Faults;
using Azker.Functions.Tests.Hosting;
using Azker.Functions.Tests.Shared;

namespace Azker.Functions.Tests;

/// <summary>Every answer of the webhook, through the published worker; each test has its own update IDs, which are the IDs of its chats too.</summary>
public sealed class WebhookFunctionTests(FunctionsFixture app) : IClassFixture<FunctionsFixture>
{
    [Fact]
    public async Task An_update_is_handled_and_answered_200()
    {
        AssertEmpty(200, await app.Post(FunctionsFixture.Command(100, "/ping")));

        Assert.Equal("pong", Assert.Single(app.Bot.Sent, message => message.ChatId == 100).Text);
    }

    [Fact]
    public async Task The_same_update_again_is_answered_200_and_not_handled_again()
    {
        AssertEmpty(200, await app.Post(FunctionsFixture.Command(110, "/ping")));
        AssertEmpty(200, await app.Post(FunctionsFixture.Command(110, "/ping")));

        Assert.Single(app.Bot.Sent, message => message.ChatId == 110);
    }

    [Fact]
    public async Task A_reply_of_the_handler_is_the_answers_body()
    {
        HttpAnswer answer = await app.Post(FunctionsFixture.Text(120, "reply"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.Header("Content-Type"));
        JsonNode body = JsonNode.Parse(answer.Body)!;
        Assert.Equal("sendMessage", (string?)body["method"]);
        Assert.Equal(120, (int?)body["chat_id"]);
        Assert.Equal("سلام", (string?)body["text"]);
    }

    [Theory]
    [InlineData("{ \"update_id\": 130")]
    [InlineData("{\"message\":{}}")]
    public async Task A_body_that_is_no_update_is_answered_200_and_kept(string body)
    {
        AssertEmpty(200, await app.Post(body));

        Assert.Contains(body, app.DeadLetters());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("the-right-secret,the-right-secret")]
    [InlineData("wrong,the-right-secret")]
    public async Task Without_exactly_the_secret_the_answer_is_the_same_401(string? secret)
    {
        HttpAnswer answer = await app.Post(FunctionsFixture.Command(140, "/ping"), secret);

        AssertEmpty(401, answer);
        Assert.Equal(["Content-Length"], answer.Headers.Keys);
        Assert.DoesNotContain(app.Bot.Sent, message => message.ChatId == 140);
    }

    [Fact]
    public async Task A_body_over_1_MiB_is_answered_413() =>
        AssertEmpty(413, await app.Post(FunctionsFixture.Text(150, new string('x', 1024 * 1024))));

    [Fact]
    public async Task A_body_that_is_not_declared_as_JSON_is_answered_415() =>
        AssertEmpty(415, await app.Post(FunctionsFixture.Command(160, "/ping"), FunctionsFixture.Secret, contentType: "text/plain"));

    [Fact]
    public async Task A_chunked_body_which_the_host_drops_is_answered_400_and_comes_again()
    {
        AssertEmpty(400, await app.Post(FunctionsFixture.Command(170, "/ping"), FunctionsFixture.Secret, isChunked: true));
        AssertEmpty(401, await app.Post(FunctionsFixture.Command(170, "/ping"), "wrong", isChunked: true));
        AssertEmpty(200, await app.Post(FunctionsFixture.Command(170, "/ping")));

        Assert.Single(app.Bot.Sent, message => message.ChatId == 170);
        Assert.DoesNotContain("", app.DeadLetters());
    }

    [Theory]
    [InlineData("/other")]
    [InlineData("/webhook/")]
    [InlineData("/Webhook")]
    [InlineData("/webhook/webhook")]
    [InlineData("/health")]
    [InlineData("/")]
    public async Task Another_path_is_answered_404(string path)
    {
        AssertEmpty(404, await app.Post(FunctionsFixture.Command(180, "/ping"), FunctionsFixture.Secret, path));

        Assert.DoesNotContain(app.Bot.Sent, message => message.ChatId == 180);
    }

    [Fact]
    public async Task A_query_does_not_change_the_path() =>
        AssertEmpty(200, await app.Post(FunctionsFixture.Command(190, "/ping"), FunctionsFixture.Secret, "/webhook?code=x"));

    [Fact]
    public async Task A_handler_that_fails_is_answered_500_and_the_redelivery_200()
    {
        app.Server.Faults.Add(new Fault(FaultKind.Error) { Method = "sendMessage", Status = 400, Text = "Bad Request: can't parse entities", Times = 1 });

        AssertEmpty(500, await app.Post(FunctionsFixture.Command(200, "/ping")));
        AssertEmpty(200, await app.Post(FunctionsFixture.Command(200, "/ping")));

        Assert.Single(app.Bot.Sent, message => message.ChatId == 200);
    }

    [Fact]
    public async Task An_ordinary_update_writes_no_log_line()
    {
        int before = app.Host.Logs.Count;

        AssertEmpty(200, await app.Post(FunctionsFixture.Command(210, "/ping")));
        AssertEmpty(401, await app.Post(FunctionsFixture.Command(211, "/ping"), "wrong"));

        Assert.Empty(app.Host.Logs.Skip(before));
    }

    internal static void AssertEmpty(int status, HttpAnswer answer)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal("0", answer.Header("Content-Length"));
        Assert.Equal("", answer.Body);
    }
}
