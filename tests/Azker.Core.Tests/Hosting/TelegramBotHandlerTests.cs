using System.Collections.Concurrent;
using Azker.Core.Hosting;
using Azker.Core.Tests.Polling;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot.Polling;

namespace Azker.Core.Tests.Hosting;

public sealed class TelegramBotHandlerTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(Exception Error, HandleErrorSource Source)> _errors = new();
    private PollingFixture _polling = null!;

    public async ValueTask InitializeAsync()
    {
        _polling = await PollingFixture.CreateAsync();
        _polling.Services.AddSingleton(_errors);
        new AzkerBuilder(_polling.Services, "").AddTelegramBotHandler<ExistingHandler>();
        _ = _polling.Start(null, ("MAX_ATTEMPTS", "2"));
    }

    public ValueTask DisposeAsync() => _polling.DisposeAsync();

    [Theory]
    [InlineData("""{"message":{"message_id":1,"date":1769763135,"chat":{"id":5,"type":"private"},"text":"Hello"}}""", "/throw /edited")]
    [InlineData("""{"edited_message":{"message_id":1,"date":1769763135,"chat":{"id":5,"type":"private"},"text":"/edited"}}""", "the text was edited")]
    [InlineData(
        """{"callback_query":{"id":"7","from":{"id":5,"is_bot":false,"first_name":"A"},"chat_instance":"1","data":"left","message":{"message_id":1,"date":1769763135,"chat":{"id":5,"type":"private"},"text":"?"}}}""",
        "chosen: left")]
    [InlineData("""{"poll_answer":{"poll_id":"7","user":{"id":5,"is_bot":false,"first_name":"A"},"option_ids":[1],"option_persistent_ids":["1"]}}""", "option 1")]
    public async Task A_handler_for_Telegram_Bot_runs_unchanged(string update, string answer)
    {
        _polling.Bot.Enqueue(update);

        await _polling.PassUntil(() => _polling.Bot.Statistics is { Sent: 1, Pending: 0 }, "the bot answers");

        Assert.Equal(answer, _polling.Bot.Sent[0].Text);
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task An_exception_goes_to_its_own_error_handler_at_each_attempt_and_other_chats_are_answered()
    {
        _polling.Bot.EnqueueText(5, 5, "/throw");
        _polling.Bot.EnqueueText(6, 6, "Hello");

        await _polling.PassUntil(() => _polling.Bot.Statistics.Pending == 0, "both updates are finished");

        Assert.Equal(6, Assert.Single(_polling.Bot.Sent).ChatId);
        Assert.Equal(2, _errors.Count);
        Assert.All(_errors, error => Assert.Equal(("/throw", HandleErrorSource.HandleUpdateError), (Assert.IsType<NotSupportedException>(error.Error).Message, error.Source)));
        Assert.Single(Directory.GetFiles(Path.Combine(_polling.DataDirectory, "dead-letters"), "*.reason.json", SearchOption.AllDirectories));
    }
}
