using System.Reflection;
using System.Text.RegularExpressions;
using Azker.Conventions.Tests.Shared;

namespace Azker.Conventions.Tests.Words;

public partial class LogTests
{
    [Fact]
    public void Event_ids_are_unique_over_the_whole_product() =>
        Findings.AreNone(
            from message in LogMessage.All
            group message by message.Attribute.EventId into same
            where same.Count() > 1
            select $"{same.Key} is {string.Join(" and ", same.Select(message => $"{message.Class}.{message.Method.Name}"))}",
            "Each log message has an event id of its own.");

    [Fact]
    public void Each_area_has_a_range_of_event_ids_of_its_own() =>
        Findings.AreNone(
            from message in LogMessage.All
            group message.Area by message.Attribute.EventId / 1000 into range
            where range.Key == 0 || range.Distinct().Count() > 1
            select $"{range.Key}000: {string.Join(" and ", range.Distinct())}",
            "Each area has the event ids of its own thousands, from 1000.");

    [Fact]
    public void Every_log_call_has_a_log_message() =>
        Findings.AreNone(
            from file in Repository.Files("", "*.cs")
            where file.Path.StartsWith("Azker.", StringComparison.Ordinal)
            from line in file.ReadLines()
            where LogCall().IsMatch(line)
            select $"{file.Path}: {line.Trim()}",
            "A line is logged through a method with [LoggerMessage], so that it has an event id.");

    [Fact]
    public void Every_log_message_of_the_sources_is_read()
    {
        int written = Repository.Files("", "*.cs").Where(file => file.Path.StartsWith("Azker.", StringComparison.Ordinal))
            .Sum(file => file.Read().Split("[LoggerMessage(").Length - 1);

        Assert.Equal(written, LogMessage.All.Count);
    }

    [Fact]
    public void No_value_of_a_log_message_can_be_null() =>
        Findings.AreNone(
            from message in LogMessage.All
            from parameter in message.Method.GetParameters()
            where !parameter.ParameterType.IsAssignableTo(typeof(Exception))
                && (Nullable.GetUnderlyingType(parameter.ParameterType) is not null || new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable)
            select $"{message.Class}.{message.Method.Name}: {parameter.Name}",
            "A value that can be null would be logged as (null). Give the message without the value an id of its own.");

    [Fact]
    public void No_log_message_counts_in_the_plural() =>
        Findings.AreNone(
            from message in LogMessage.All
            let count = Plural().Match(message.Attribute.Message)
            where count.Success && Array.Exists(message.Method.GetParameters(), parameter => IsCount(parameter, count.Groups["name"].Value))
            select $"{message.Class}.{message.Method.Name}: {count.Value}",
            "A count can be 1, as in 'after 1 attempts'. Write the count behind its noun, as in '(attempts: 1)'.");

    private static bool IsCount(ParameterInfo parameter, string name) =>
        parameter.Name!.Equals(name, StringComparison.OrdinalIgnoreCase) && (parameter.ParameterType == typeof(int) || parameter.ParameterType == typeof(long));

    [GeneratedRegex(@"\{(?<name>\w+)\} (\w+ )?(attempts|calls|commands|failures|instances|letters|restarts|retries|runs|seconds|times|tokens|updates)\b")]
    private static partial Regex Plural();

    [GeneratedRegex(@"[lL]ogger\w*\.Log|\.Log(Trace|Debug|Information|Warning|Error|Critical)\(|LoggerMessage\.Define")]
    private static partial Regex LogCall();
}
