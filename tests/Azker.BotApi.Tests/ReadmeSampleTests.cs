using Azker.BotApi.Bots;
using Azker.BotApi.Statistics;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.BotApi.Tests;

/// <summary>The sample of the stand-in's README.md, word for word, so that it compiles and passes.</summary>
public sealed class ReadmeSampleTests
{
    private const string Token = "123456:TEST-0123456789abcdefghijk";

    [Fact]
    public async Task A_greeting_is_answered()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using BotApiServer server = await BotApiServer.StartAsync(new BotApiServerOptions(), TimeProvider.System, cancellationToken);
        BotAccount bot = server.Bot(Token);
        bot.EnqueueText(chatId: 5, userId: 5, "Hello");

        // Start your bot here, with server.Url as the base URL of the Bot API. This bot answers one update.
        var client = new TelegramBotClient(new TelegramBotClientOptions(Token, server.Url));
        Update[] updates = await client.GetUpdates(timeout: 10, cancellationToken: cancellationToken);
        await client.SendMessage(updates[0].Message!.Chat.Id, "Good morning", cancellationToken: cancellationToken);

        IReadOnlyList<SentMessage> sent = await bot.WaitForSentAsync(after: 0, cancellationToken);
        Assert.Equal((5, "Good morning"), (sent[0].ChatId, sent[0].Text));
    }
}
