using Azker.Core.Tests.Polling;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Updates;

public sealed class UpdateScopeTests
{
    [Fact]
    public async Task A_line_that_a_handler_logs_has_the_id_the_kind_and_the_mode_of_a_polled_update()
    {
        await using PollingFixture polling = await PollingFixture.CreateAsync();
        _ = polling.Start((update, _) =>
        {
            polling.Get<ILoggerFactory>().CreateLogger("the user's").Log(LogLevel.Warning, default, "the line", null, (text, _) => text);
            return Task.CompletedTask;
        });
        int? id = polling.Bot.EnqueueText(5, 5, "hello");

        await polling.PassUntil(() => polling.Log.Lines.Any(line => line.Category == "the user's"), "the handler has logged");

        LogLine line = polling.Log.Lines.First(line => line.Category == "the user's");
        Assert.Equal(
            $"receive_mode:polling update_id:{id} update_kind:message",
            string.Join(' ', line.Scope.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}:{value.Value}")));
    }

    [Fact]
    public void The_scope_of_an_update_that_was_received_without_the_lock_is_of_the_webhook()
    {
        UpdateScope scope = Scope(epoch: null);

        Assert.Equal(
            new KeyValuePair<string, object?>[] { new("update_id", 7), new("update_kind", "message"), new("receive_mode", "webhook") }, scope);
        Assert.Equal("update_id:7 update_kind:message receive_mode:webhook", scope.ToString());
    }

    [Fact]
    public void Without_a_logger_that_supports_scopes_a_scope_costs_no_more_than_the_object_that_NET_makes_of_it()
    {
        using ILoggerFactory factory = LoggerFactory.Create(_ => { });
        ILogger logger = new Logger<UpdateScopeTests>(factory);
        UpdateScope scope = Scope(epoch: 1);
        logger.BeginScope(scope)?.Dispose();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            logger.BeginScope(scope)?.Dispose();
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 48);
    }

    private static UpdateScope Scope(long? epoch) =>
        new(TestUpdates.Message(7), epoch);
}
