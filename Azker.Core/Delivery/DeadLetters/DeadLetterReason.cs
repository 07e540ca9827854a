using Azker.Core.Handling;

namespace Azker.Core.Delivery.DeadLetters;

/// <summary>The reasons why updates become dead letters, as text.</summary>
internal static class DeadLetterReason
{
    public const string NoUpdate = "It is not an update.";

    /// <summary>The Bot API server asked to wait.</summary>
    public const string Throttled = "The Bot API server asks to wait.";

    /// <summary>A service that the handler needs is down.</summary>
    public const string Outage = "A service that its handler needs is down.";

    /// <summary>The attempts are used up, and the outcome of the last attempt is unknown.</summary>
    public const string NoResult = "Its attempts were used up, and the process that made the last one died before it ended.";

    public static string Of(DispatchOutcome outcome) => outcome switch
    {
        DispatchOutcome.Unreadable => "It does not fit the Bot API's types.",
        DispatchOutcome.TimedOut => "Its handler did not end in time.",
        _ => "Its handler failed.",
    };
}
