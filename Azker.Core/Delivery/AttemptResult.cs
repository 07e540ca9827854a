namespace Azker.Core.Delivery;

/// <summary>How one attempt to deliver an update ended.</summary>
internal enum AttemptOutcome
{
    /// <summary>The update was handled, or is a dead letter.</summary>
    Settled,

    /// <summary>The handler failed or ran out of time, or the dead letter could not be written.</summary>
    Failed,

    /// <summary>No place became free in time; no handler was tried.</summary>
    Overloaded,

    /// <summary>The caller's token fell first; the attempt does not count.</summary>
    Cancelled,
}

/// <summary>How one attempt ended, with the reply of a handler that gave one.</summary>
internal readonly record struct AttemptResult(AttemptOutcome Outcome, ReadOnlyMemory<byte> Reply = default);
