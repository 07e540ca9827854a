using Azker.Core.Infrastructure;

namespace Azker.Core.Delivery;

/// <summary>The outcomes of one attempt to deliver an update.</summary>
internal enum AttemptOutcome
{
    /// <summary>The update was handled, needs no handling any more, or is a dead letter.</summary>
    Settled,

    /// <summary>The update was settled before.</summary>
    Duplicate,

    /// <summary>The update is parked, and this instance does not wait for its end.</summary>
    Parked,

    /// <summary>The handler failed or ran out of time, or the dead letter could not be written.</summary>
    Failed,

    /// <summary>The Bot API server asks to wait; the attempt does not count.</summary>
    Throttled,

    /// <summary>The Bot API server, or another service that the handler needs, is down; the attempt does not count.</summary>
    Outage,

    /// <summary>Another attempt is processing the same update; no handler was called.</summary>
    Busy,

    /// <summary>The ledger is unavailable; no handler was called.</summary>
    Unavailable,

    /// <summary>No slot became free in time; no handler was called.</summary>
    Overloaded,

    /// <summary>The caller cancelled the attempt; it does not count.</summary>
    Cancelled,
}

/// <summary>How an update was settled.</summary>
internal enum Settlement
{
    /// <summary>A handler handled it, or no handler accepts it.</summary>
    Handled,

    /// <summary>The Bot API refused a call of the handler for good.</summary>
    Refused,

    /// <summary>It was older than <c>MAX_UPDATE_AGE</c>.</summary>
    TooOld,

    /// <summary>It became a dead letter.</summary>
    DeadLetter,
}

/// <summary>The result of one attempt to deliver an update.</summary>
internal readonly record struct AttemptResult(AttemptOutcome Outcome)
{
    /// <summary>How the update was settled, if the outcome is <see cref="AttemptOutcome.Settled"/>.</summary>
    public Settlement Settlement { get; init; }

    /// <summary>The reply of the handler; empty if it gave none.</summary>
    public ReadOnlyMemory<byte> Reply { get; init; }

    /// <summary>The number of the attempt, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The reason of the failure, as a sentence; <see langword="null"/> if the attempt did not fail in a handler.</summary>
    public string? Reason { get; init; }

    /// <summary>The error of the handler, as it may be logged.</summary>
    public LoggedError? Error { get; init; }

    /// <summary>How long to wait at least before the next attempt.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Whether nothing is left to do for the update.</summary>
    public bool IsSettled => Outcome is AttemptOutcome.Settled or AttemptOutcome.Duplicate;
}
