namespace Azker.Core.Delivery.DeadLetters;

/// <summary>How the replay of a dead letter ended.</summary>
internal enum ReplayOutcome
{
    /// <summary>Its update was handled; the letter is removed.</summary>
    Handled,

    /// <summary>The handler failed again, or it is no update; the letter is kept, with one attempt more.</summary>
    Failed,

    /// <summary>Its update is at work, in another replay or as it comes from Telegram; the letter is kept.</summary>
    Busy,

    /// <summary>The letter is not there any more: another replay came first.</summary>
    Gone,

    /// <summary>The caller's token fell before the handler had ended; the letter is kept.</summary>
    Cancelled,

    /// <summary>The ledger cannot be used, so nobody knows whether the update is at work; the letter is kept.</summary>
    LedgerUnavailable,
}
