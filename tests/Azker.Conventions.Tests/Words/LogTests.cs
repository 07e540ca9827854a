using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Words;

public class LogTests
{
    [Fact]
    public void Event_ids_are_unique_within_a_class() =>
        Findings.AreNone(
            from message in LogMessage.All
            group message by (message.Class, message.Attribute.EventId) into same
            where same.Count() > 1
            select $"{same.Key.Class}: {same.Key.EventId} is {string.Join(" and ", same.Select(message => message.Method.Name))}",
            "Each log message of a class has an event id of its own.");

    [Fact]
    public void Every_log_message_of_the_sources_is_read()
    {
        int written = Repository.Files("", "*.cs").Where(file => file.Path.StartsWith("Azker.", StringComparison.Ordinal))
            .Sum(file => file.Read().Split("[LoggerMessage(").Length - 1);

        Assert.Equal(written, LogMessage.All.Count);
    }
}
