namespace Azker.Simulation.Invariants;

/// <summary>The kind of a broken promise.</summary>
internal enum ViolationKind
{
    /// <summary>Two instances received at once, or an instance acted without the lock.</summary>
    Overlap,

    /// <summary>An instance got a 409 without a stranger, or polled again too soon after a 409.</summary>
    Conflict,

    /// <summary>The server removed an update that was neither handled nor kept as a dead letter.</summary>
    Lost,

    /// <summary>An update was handled twice, and no fault explains it.</summary>
    UnexplainedDuplicate,

    /// <summary>After the last fault, the receiving or the right webhook took too long to come back.</summary>
    LateRecovery,
}
