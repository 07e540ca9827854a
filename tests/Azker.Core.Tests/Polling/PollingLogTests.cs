using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Polling;

public sealed class PollingLogTests
{
    [Fact]
    public async Task A_hundred_ordinary_updates_log_no_line_of_the_level_Information_or_above()
    {
        int handled = 0;
        await using PollingFixture polling = await PollingFixture.CreateAsync();
        _ = polling.Start((_, _) =>
        {
            Interlocked.Increment(ref handled);
            return Task.CompletedTask;
        });
        await polling.WaitForPoll();
        int before = polling.Log.Lines.Count;

        for (int i = 0; i < 100; i++)
        {
            polling.Bot.EnqueueText(chatId: 1 + (i % 10), 5, "hello");
        }

        await polling.PassUntil(() => Volatile.Read(ref handled) == 100 && polling.Bot.Statistics.Pending == 0, "all updates are handled and confirmed");

        Assert.DoesNotContain(polling.Log.Lines.Skip(before), line => line.Level >= LogLevel.Information);
    }
}
