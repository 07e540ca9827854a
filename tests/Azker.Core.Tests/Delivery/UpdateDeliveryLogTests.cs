using System.Text;
using Azker.Core.Delivery;
using Azker.Core.Handling;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using EchoBot;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Delivery;

/// <summary>The log lines of failing handlers.</summary>
public sealed class UpdateDeliveryLogTests : UpdateDeliveryTest
{
    [Fact]
    public async Task A_failing_handler_costs_one_line_an_attempt_and_one_for_the_dead_letter()
    {
        UpdateDelivery delivery = Delivery(_ => FailingBot.AnswerAsync("a private text"), configure: options => options.MaxAttempts = 3);

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(1, text: "a private text"), Epoch, _stop.Token)));

        Assert.Equal([(LogLevel.Warning, 4001), (LogLevel.Warning, 4001)], _log.Entries.Select(entry => (entry.Level, entry.EventId)));
        Assert.Empty(_attemptsLog.Entries);
        LogEntry last = Assert.Single(_lettersLog.Entries);
        Assert.StartsWith(
            "Update 1 became a dead letter (attempts: 3). Its handler failed. The bot cannot answer '***' with ***. Give a number. The dead letter is kept in ",
            last.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_of_an_attempt_has_the_error_without_secrets_texts_of_the_user_and_frames_of_Azker()
    {
        UpdateDelivery delivery = Delivery(_ => FailingBot.AnswerAsync("a private text"), configure: options => options.MaxAttempts = 2);

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(1, text: "a private text"), Epoch, _stop.Token)));

        LogEntry line = Assert.Single(_log.Entries);
        string error = Assert.IsAssignableFrom<Exception>(line.Exception).ToString();
        Assert.Contains("The bot cannot answer '***' with ***. Give a number.", error, StringComparison.Ordinal);
        Assert.Contains("at EchoBot.FailingBot.AnswerAsync", error, StringComparison.Ordinal);
        Assert.Contains("System.FormatException: The input string '***' was not in a correct format.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("at Azker.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("private", line.Message + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_is_not_an_update_and_a_lost_error_leave_no_gap_in_the_line()
    {
        UpdateDelivery delivery = Delivery((_, _) => Task.Delay(Timeout.InfiniteTimeSpan, _time, TestContext.Current.CancellationToken), configure: options =>
        {
            options.MaxAttempts = 1;
            options.HandlerTimeout = TimeSpan.FromSeconds(1);
        });

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));
        Assert.True(await delivery.DeadLetterAsync(Encoding.UTF8.GetBytes("[1]"), new UnreadableUpdateException("The update is not a JSON object."), _stop.Token));

        Assert.All(_lettersLog.Entries, entry => Assert.DoesNotContain("(null)", entry.Message, StringComparison.Ordinal));
        Assert.All(_lettersLog.Entries, entry => Assert.DoesNotContain("  ", entry.Message, StringComparison.Ordinal));
        Assert.StartsWith(
            "Data from Telegram became a dead letter. It is not an update. The update is not a JSON object. The dead letter is kept in ",
            _lettersLog.Entries.Last().Message,
            StringComparison.Ordinal);
    }
}
