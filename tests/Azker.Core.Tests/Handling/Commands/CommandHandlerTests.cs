using Azker.BotApi.Statistics;
using Azker.Core.Tests.Polling;

namespace Azker.Core.Tests.Handling.Commands;

public sealed class CommandHandlerTests : IAsyncLifetime
{
    private const long Private = 5;
    private const long Group = -100;

    private PollingFixture _polling = null!;

    public async ValueTask InitializeAsync()
    {
        _polling = await PollingFixture.CreateAsync();
        _ = _polling.Start();
    }

    public ValueTask DisposeAsync() => _polling.DisposeAsync();

    [Theory]
    [InlineData(Private, "/start", "Hello, ")]
    [InlineData(Private, "/help", "/start - says hello\n/help - lists the commands\n/ping - answers pong, with the text after the command\n/status - shows the version, the uptime and the state")]
    [InlineData(Private, "/ping", "pong")]
    [InlineData(Private, "/PING  one two ", "pong one two")]
    [InlineData(Private, "/status", "Azker 0.1.0, up for 0.00:00:0")]
    [InlineData(Private, "/no_such", "I do not know /no_such. /help lists what I can do.")]
    [InlineData(Group, "/ping", "pong")]
    public async Task A_command_is_answered(long chat, string text, string answer)
    {
        SentMessage sent = await Answer(chat, text);

        Assert.StartsWith(answer, sent.Text, StringComparison.Ordinal);
        Assert.Equal(chat, sent.ChatId);
        Assert.NotNull(sent.ReplyTo);
    }

    [Fact]
    public async Task A_groups_command_with_the_bots_own_name_is_answered() =>
        Assert.Equal("pong x", (await Answer(Group, $"/ping@{(await Username()).ToUpperInvariant()} x")).Text);

    [Fact]
    public async Task An_unknown_command_with_the_bots_own_name_gets_a_friendly_answer_in_a_group() =>
        Assert.Equal("I do not know /dance. /help lists what I can do.", (await Answer(Group, $"/dance@{await Username()}")).Text);

    [Theory]
    [InlineData(Group, "/ping@some_other_bot")]
    [InlineData(Group, "/dance")]
    [InlineData(Private, "no command at all")]
    [InlineData(Private, "a /ping in the middle")]
    public async Task A_text_that_is_not_meant_for_the_bot_gets_no_answer(long chat, string text)
    {
        _polling.Bot.EnqueueText(chat, Private, text);

        Assert.Equal("pong marker", (await Answer(chat, "/ping marker")).Text);
        Assert.Single(_polling.Bot.Sent);
    }

    private async Task<SentMessage> Answer(long chat, string text)
    {
        _polling.Bot.EnqueueText(chat, Private, text);
        await _polling.PassUntil(() => _polling.Bot.Sent.Count > 0, "the bot answers");
        return _polling.Bot.Sent[0];
    }

    private async Task<string> Username()
    {
        var client = new Telegram.Bot.TelegramBotClient(new Telegram.Bot.TelegramBotClientOptions(Shared.Settings.Token, _polling.Server.Url));
        return (await Telegram.Bot.TelegramBotClientExtensions.GetMe(client, TestContext.Current.CancellationToken)).Username!;
    }
}
