namespace Azker.Core.Delivery;

/// <summary>How one attempt to deliver an update ended.</summary>
internal enum AttemptOutcome
{
    /// <summary>The update was handled, or is a dead letter.</summary>
    Settled,

    /// <summary>It was done with before.</summary>
    Duplicate,

    /// <summary>The handler failed or ran out of time, or the dead letter could not be written.</summary>
    Failed,

    /// <summary>The same update is at work elsewhere; no handler was tried.</summary>
    Busy,

    /// <summary>The ledger cannot be used; no handler was tried.</summary>
    Unavailable,

    /// <summary>No place became free in time; no handler was tried.</summary>
    Overloaded,

    /// <summary>The caller's token fell first; the attempt does not count.</summary>
    Cancelled,
}

/// <summary>How one attempt ended.</summary>
internal readonly record struct AttemptResult(AttemptOutcome Outcome)
{
    /// <summary>The reply of a handler that gave one.</summary>
    public ReadOnlyMemory<byte> Reply { get; init; }

    /// <summary>Which attempt it was, from 1 on.</summary>
    public int Attempt { get; init; }

    /// <summary>Why it failed, in words, and with what.</summary>
    public string? Why { get; init; }

    public Exception? Error { get; init; }
}
