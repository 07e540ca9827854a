using System.Globalization;
using Azker.BotApi.Polling;
using Microsoft.AspNetCore.WebUtilities;

namespace Azker.BotApi.Faults;

/// <summary>An error or a delay that the server applies to some Bot API calls. Of several matching faults, the oldest acts.</summary>
/// <param name="Kind">The action on a call.</param>
public sealed record Fault(FaultKind Kind)
{
    private const int MaxDelaySeconds = 4_000_000;

    /// <summary>The method that the fault acts on, such as <c>getUpdates</c>, in any case.</summary>
    /// <value>The default, null, is every method.</value>
    public string? Method { get; init; }

    /// <summary>The local port that the fault acts on, one of <see cref="BotApiServer.Ports"/>.</summary>
    /// <value>The default, null, is every port.</value>
    public int? Port { get; init; }

    /// <summary>The id of the bot that the fault acts on.</summary>
    /// <value>The default, null, is every bot.</value>
    public long? Bot { get; init; }

    /// <summary>The chat that the fault acts on: the <c>chat_id</c> of the call.</summary>
    /// <value>The default, null, is every call, also without a <c>chat_id</c>.</value>
    public long? Chat { get; init; }

    /// <summary>The number of calls that the fault acts on.</summary>
    /// <value>1 or more. The default, null, is every call until the fault is removed.</value>
    public int? Times { get; init; }

    /// <summary>The HTTP status of <see cref="FaultKind.Html"/> and <see cref="FaultKind.Error"/>. Other kinds ignore it.</summary>
    /// <value>200..599, except 204, 205 and 304, which have no body; 400..599 for an error. The default is 502.</value>
    public int Status { get; init; } = 502;

    /// <summary>The seconds that <see cref="FaultKind.TooManyRequests"/> asks the client to wait. Other kinds ignore it.</summary>
    /// <value>1 or more. The default is 1.</value>
    public int RetryAfter { get; init; } = 1;

    /// <summary>The description of <see cref="FaultKind.Conflict"/> and <see cref="FaultKind.Error"/>. Other kinds ignore it.</summary>
    /// <value>
    /// The default, null, is the text for a getUpdates that another getUpdates terminated; for an error, it is the name of the status.
    /// </value>
    public string? Text { get; init; }

    /// <summary>The id of the supergroup in <see cref="FaultKind.ChatMigrated"/>. Other kinds ignore it.</summary>
    /// <value>The default is -1000000000001.</value>
    public long MigrateTo { get; init; } = -1_000_000_000_001;

    /// <summary>The time for which <see cref="FaultKind.Delay"/> holds the answer. Other kinds ignore it.</summary>
    /// <value>0 to 4,000,000 s. The default is 0 s.</value>
    public TimeSpan Delay { get; init; }

    internal string Description => Text ?? (Kind == FaultKind.Conflict ? Conflicts.OtherGetUpdates : ReasonPhrases.GetReasonPhrase(Status));

    internal bool Matches(long bot, string method, string chat, int port) =>
        (Bot is null || Bot == bot)
        && (Chat is null || Chat.Value.ToString(CultureInfo.InvariantCulture) == chat)
        && (Port is null || Port == port)
        && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first value out of range, in a sentence, or null.</summary>
    internal string? FindFault() => this switch
    {
        _ when !Enum.IsDefined(Kind) => $"Kind is {Kind} and must be one of {string.Join(", ", Enum.GetNames<FaultKind>())}.",
        { Times: < 1 } => $"Times is {Times} and must be 1 or more. Leave it out to act on every call.",
        { Status: not (>= 200 and <= 599) or 204 or 205 or 304 } =>
            $"Status is {Status} and must be 200 to 599, except 204, 205 and 304, which have no body.",
        { Kind: FaultKind.Error, Status: < 400 } => $"Status is {Status} and must be 400 to 599 for an error.",
        { RetryAfter: < 1 } => $"RetryAfter is {RetryAfter} and must be 1 or more, in seconds.",
        { Delay.TotalSeconds: not (>= 0 and <= MaxDelaySeconds) } =>
            FormattableString.Invariant($"Delay is {Delay.TotalSeconds} s and must be 0 to {MaxDelaySeconds} s."),
        _ => null,
    };
}
