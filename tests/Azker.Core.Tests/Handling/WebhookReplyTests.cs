using System.Text;
using System.Text.Json.Nodes;
using Azker.Core.Configuration;
using Azker.Core.Handling;
using Azker.Core.Hosting;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Azker.Core.Webhook;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.Handling;

public sealed class WebhookReplyTests : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TempDirectory _data = new();

    public WebhookReplyTests() => _services = new AzkerBuilder(new ServiceCollection(), "")
        .AddHandler<ReplyingHandler>()
        .Services
        .AddLogging()
        .AddReceiver(Settings.Read((SettingNames.WebhookSecret, "secret"), (SettingNames.DataDirectory, _data.FullPath)))
        .AddSingleton<Script>()
        .BuildServiceProvider();

    private Script Handler => _services.GetRequiredService<Script>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task A_request_that_a_handler_gives_is_the_body_of_the_answer()
    {
        Handler.Do = reply => reply.Give(Message("أهلا"));

        WebhookOutcome outcome = await Post();

        Assert.Equal(200, outcome.StatusCode);
        JsonNode body = JsonNode.Parse(outcome.Body.Span)!;
        Assert.Equal("sendMessage", (string?)body["method"]);
        Assert.Equal("أهلا", (string?)body["text"]);
        Assert.Equal(5, (int?)body["chat_id"]);
    }

    [Fact]
    public async Task An_answer_takes_one_request_and_no_second_request()
    {
        Handler.Do = reply =>
        {
            Assert.True(reply.CanTake);
            reply.Give(Message("one"));
            Assert.False(reply.CanTake);
            Assert.Throws<InvalidOperationException>(() => reply.Give(Message("two")));
        };

        Assert.Contains("one", Encoding.UTF8.GetString((await Post()).Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_fails_after_it_gave_a_request_gives_one_at_its_next_attempt()
    {
        int attempts = 0;
        Handler.Do = reply =>
        {
            reply.Give(Message($"attempt {++attempts}"));
            if (attempts == 1)
            {
                throw new InvalidOperationException("broken");
            }
        };

        Assert.Contains("attempt 2", Encoding.UTF8.GetString((await Post()).Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_request_is_taken_after_the_update_is_answered()
    {
        WebhookReply? late = null;
        Handler.Do = reply => late = reply;
        await Post();

        Assert.False(late!.CanTake);
        Assert.Throws<InvalidOperationException>(() => late.Give(Message("late")));
    }

    [Fact]
    public async Task No_request_is_taken_from_a_handler_of_a_polled_update()
    {
        bool? canTake = null;
        Handler.Do = reply => canTake = reply.CanTake;

        await _services.GetRequiredService<UpdateDispatcher>().DispatchAsync(Update(), reply: null, TestContext.Current.CancellationToken);

        Assert.False(canTake);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => new WebhookReply().Give(Message("no")));
        Assert.Contains("came by polling", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<IRequest> IgnoredMethods =>
    [
        new GetMeRequest(),
        new GetChatRequest { ChatId = 5 },
        new SetWebhookRequest { Url = "https://elsewhere.example.com" },
        new DeleteWebhookRequest(),
        new CloseRequest(),
        new LogOutRequest(),
    ];

    [Theory]
    [MemberData(nameof(IgnoredMethods))]
    public async Task A_method_that_Telegram_ignores_in_an_answer_is_refused(IRequest request)
    {
        ArgumentException? error = null;
        Handler.Do = reply => error = Assert.Throws<ArgumentException>(() => reply.Give(request));

        Assert.Equal(new WebhookOutcome(200), await Post());
        Assert.Contains($"Telegram ignores {request.MethodName}", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cannot_be_uploaded_in_an_answer()
    {
        Handler.Do = reply => Assert.Throws<ArgumentException>(
            () => reply.Give(new SendPhotoRequest { ChatId = 5, Photo = InputFile.FromStream(new MemoryStream([1]), "a.png") }));

        Assert.Equal(new WebhookOutcome(200), await Post());
    }

    [Fact]
    public async Task A_request_that_Telegram_would_not_read_is_refused()
    {
        Handler.Do = reply => Assert.Throws<ArgumentException>(() => reply.Give(Message(new string('x', 1024 * 1024))));

        Assert.Equal(new WebhookOutcome(200), await Post());
    }

    private static SendMessageRequest Message(string text) => new() { ChatId = 5, Text = text };

    private static ReceivedUpdate Update() => ReceivedUpdate.Parse("""{"update_id":7,"message":{"chat":{"id":5}}}"""u8.ToArray());

    private Task<WebhookOutcome> Post() => _services.GetRequiredService<WebhookReceiver>().ReceiveAsync(
        new WebhookRequest
        {
            Method = "POST",
            SecretTokens = ["secret"],
            ContentType = "application/json",
            Body = new MemoryStream(Update().Raw.ToArray()),
        },
        TestContext.Current.CancellationToken);

    private sealed class Script
    {
        public Action<WebhookReply> Do { get; set; } = _ => { };
    }

    private sealed class ReplyingHandler(WebhookReply reply, Script script) : IBotHandler
    {
        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
        {
            script.Do(reply);
            return Task.CompletedTask;
        }
    }
}
