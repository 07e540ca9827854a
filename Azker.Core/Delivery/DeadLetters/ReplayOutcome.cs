namespace Azker.Core.Delivery.DeadLetters;

/// <summary>The outcome of the replay of a dead letter.</summary>
internal enum ReplayOutcome
{
    /// <summary>The update was handled; the dead letter is removed.</summary>
    Handled,

    /// <summary>The handler failed again, or the JSON is not an update; the dead letter is kept, with one more attempt.</summary>
    Failed,

    /// <summary>No handler of this program accepts the update; the dead letter is kept.</summary>
    NotAccepted,

    /// <summary>Another replay, or a receiver, is processing the update; the dead letter is kept.</summary>
    Busy,

    /// <summary>The dead letter no longer exists: another replay handled it.</summary>
    Gone,

    /// <summary>The caller cancelled before the handler ended; the dead letter is kept.</summary>
    Cancelled,

    /// <summary>The ledger cannot be used, so the state of the update is unknown; the dead letter is kept.</summary>
    LedgerUnavailable,
}
