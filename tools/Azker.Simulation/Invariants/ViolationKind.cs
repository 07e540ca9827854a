namespace Azker.Simulation.Invariants;

/// <summary>Which promise was broken.</summary>
internal enum ViolationKind
{
    /// <summary>Two received at once, or one acted without the lock.</summary>
    Overlap,

    /// <summary>A 409 among our own, or a 409 that was answered by haste.</summary>
    Conflict,

    /// <summary>An update is gone that was neither handled nor set aside.</summary>
    Lost,

    /// <summary>An update was handled twice, and no fault explains it.</summary>
    UnexplainedDuplicate,

    /// <summary>After the last fault it took too long until updates were received again, or until the webhook was where it belongs.</summary>
    LateRecovery,
}
