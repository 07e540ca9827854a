using System.Globalization;
using Azker.Conventions.Tests.Shared;
using Azker.Conventions.Tests.Words;
using Microsoft.Extensions.Logging;

namespace Azker.Conventions.Tests.Events;

/// <summary>The page of all log messages, as the code gives it.</summary>
internal static class EventPage
{
    public const string Path = "docs/events.md";

    /// <summary>The classes that write to the logger of another class, and that class.</summary>
    private static readonly Dictionary<string, string> Owners = new()
    {
        ["BlobLeaseAcquisition"] = "BlobLeaseLock",
        ["BlobLeaseLocal"] = "BlobLeaseLock",
        ["BlobLeaseLockHandle"] = "BlobLeaseLock",
        ["BlobLeaseMonitor"] = "BlobLeaseLock",
        ["PidFileLockHandle"] = "PidFileLock",
        ["PollRecovery"] = "PollingReceiver",
        ["LocalSession"] = "LocalDatabase",
    };

    /// <summary>The logger of the web application, which has the name of the program.</summary>
    private const string ApplicationLogger = "ConsoleServer";

    public static string Write() => string.Join('\n',
    [
        .. Introduction.ReplaceLineEndings("\n").Split('\n'),
        .. LogMessage.All.OrderBy(message => message.Attribute.EventId).Select(Row),
        "",
    ]);

    private const string Introduction = """
        # Log messages

        Every log message of Azker has an id. The ids are stable: a message keeps its id, and the id of a message that was removed is not
        given to another message. Texts and levels may change, so let filters and alerts read the id (`EventId` in
        [JSON lines](settings.md#logs)).

        Azker logs no line of the level Information or above for an update that is handled without a fault. A category
        may have a level of its own, such as `Logging__LogLevel__Azker.Core.Polling=Debug`.

        | id | level | category | message |
        |---|---|---|---|
        """;

    /// <summary>The category of a message: the class of the logger.</summary>
    public static string CategoryOf(LogMessage message)
    {
        Type type = message.Class;
        return type.Name == ApplicationLogger ? "the program's name"
            : Owners.TryGetValue(type.Name, out string? owner) ? $"`{type.Namespace}.{owner}`"
            : HasLogger(type) ? $"`{type.FullName}`"
            : throw new InvalidOperationException($"{type} has no ILogger<{type.Name}>. Add the class whose logger it uses to {nameof(EventPage)}.");
    }

    private static bool HasLogger(Type type) => type.GetConstructors(Reflected.Declared).SelectMany(constructor => constructor.GetParameters())
        .Select(parameter => parameter.ParameterType)
        .Concat(type.GetMethods(Reflected.Declared).SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType))
        .Contains(typeof(ILogger<>).MakeGenericType(type));

    private static string Row(LogMessage message)
    {
        LoggerMessageAttribute attribute = message.Attribute;
        string text = attribute.Message.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"| {attribute.EventId} | {attribute.Level} | {CategoryOf(message)} | {text} |");
    }
}
