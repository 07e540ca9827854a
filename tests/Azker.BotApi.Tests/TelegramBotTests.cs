using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Polling;
using Telegram.Bot.Types;

namespace Azker.BotApi.Tests;

/// <summary>The client library of most bots in C#, Telegram.Bot, works with the stand-in as with Telegram's server.</summary>
public sealed class TelegramBotTests
{
    [Fact]
    public async Task Its_receiver_gets_messages_and_its_replies_are_recorded()
    {
        await using BotApiServer server = await StartAsync();
        TelegramBotClient client = Client(server);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestServer.Cancellation);
        Task receiving = client.ReceiveAsync(
            async (bot, update, cancellationToken) => await bot.SendMessage(
                update.Message!.Chat.Id,
                $"You said {update.Message.Text}",
                replyParameters: update.Message,
                cancellationToken: cancellationToken),
            (_, exception, _) => throw exception,
            new ReceiverOptions(),
            stop.Token);
        var bot = server.Bot(TestServer.Token);
        bot.EnqueueText(-5, 7, "hello");
        bot.EnqueueText(-5, 7, "again");
        await bot.WaitUntilAsync(state => state.Statistics is { Sent: 2, WaitingPoll: not null, Pending: 0 }, stop.Token);
        Assert.Equal(["You said hello", "You said again"], bot.Sent.Select(sent => sent.Text));
        Assert.All(bot.Sent, sent => Assert.NotNull(sent.ReplyTo));
        await stop.CancelAsync();
        await receiving;
    }

    [Fact]
    public async Task It_reads_all_that_a_simple_bot_asks_for()
    {
        await using BotApiServer server = await StartAsync();
        TelegramBotClient client = Client(server);
        CancellationToken cancellationToken = TestServer.Cancellation;
        Assert.Equal(123456, (await client.GetMe(cancellationToken)).Id);
        Message message = await client.SendMessage(5, "a", cancellationToken: cancellationToken);
        Assert.Equal("b", (await client.EditMessageText(5, message.Id, "b", cancellationToken: cancellationToken)).Text);
        await client.DeleteMessage(5, message.Id, cancellationToken);
        await client.SetMyCommands([new BotCommand("start", "Starts")], cancellationToken: cancellationToken);
        Assert.Equal("start", (await client.GetMyCommands(cancellationToken: cancellationToken)).Single().Command);
        var scope = BotCommandScope.ChatMember(-5, 7);
        await client.SetMyCommands([new BotCommand("stop", "Stops")], scope, "de", cancellationToken);
        Assert.Equal("stop", (await client.GetMyCommands(scope, "de", cancellationToken)).Single().Command);
        await client.DeleteMyCommands(scope, "de", cancellationToken);
        Assert.Empty(await client.GetMyCommands(scope, "de", cancellationToken));
        Assert.Equal("", (await client.GetWebhookInfo(cancellationToken)).Url);
    }

    [Fact]
    public async Task It_cannot_read_an_unreadable_update()
    {
        await using BotApiServer server = await StartAsync();
        server.Bot(TestServer.Token).EnqueueUnreadable();
        await Assert.ThrowsAnyAsync<RequestException>(() => Client(server).GetUpdates(cancellationToken: TestServer.Cancellation));
    }

    [Fact]
    public async Task It_reads_an_error()
    {
        await using BotApiServer server = await StartAsync();
        server.Bot(TestServer.Token).Revoke();
        var exception = await Assert.ThrowsAsync<ApiRequestException>(() => Client(server).GetMe(TestServer.Cancellation));
        Assert.Equal(401, exception.ErrorCode);
    }

    private static Task<BotApiServer> StartAsync() =>
        BotApiServer.StartAsync(new BotApiServerOptions(), TimeProvider.System, TestServer.Cancellation);

    private static TelegramBotClient Client(BotApiServer server) =>
        new(new TelegramBotClientOptions(TestServer.Token, server.Url) { RetryCount = 0 });
}
