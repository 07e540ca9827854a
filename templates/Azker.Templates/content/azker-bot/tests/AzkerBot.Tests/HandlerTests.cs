using Azker.BotApi.Statistics;

namespace BotNamespace.Tests;

public sealed class HandlerTests
{
    [Fact]
    public async Task Start_is_answered_with_a_greeting()
    {
        await using RunningBot bot = await RunningBot.StartAsync();

        SentMessage answer = await bot.SendAsync("/start");

        Assert.StartsWith("Hello!", answer.Text);
    }

    [Fact]
    public async Task A_text_is_sent_back()
    {
        await using RunningBot bot = await RunningBot.StartAsync();

        SentMessage answer = await bot.SendAsync("Good morning");

        Assert.Equal("Good morning", answer.Text);
    }

    [Fact]
    public async Task A_press_of_the_button_writes_the_message_in_capital_letters()
    {
        await using RunningBot bot = await RunningBot.StartAsync();
        SentMessage message = await bot.SendAsync("Good morning");

        SentMessage edited = await bot.PressAsync(message, ShoutButton.Data);

        Assert.Equal((message.MessageId, "GOOD MORNING"), (edited.MessageId, edited.Text));
    }
}
