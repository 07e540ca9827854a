namespace Azker.Core.Fallback;

/// <summary>The states of the target, the program behind the webhook's URL.</summary>
internal enum TargetState
{
    /// <summary>The target reports that updates are received, or would be if Telegram called it.</summary>
    Healthy,

    /// <summary>The target, or the proxy in front of it, reports that updates are not received.</summary>
    Unhealthy,

    /// <summary>There is no usable answer. The target may be healthy all the same, because Telegram reaches it by another route.</summary>
    Unknown,
}

/// <summary>The health of the target.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">The reason of a state other than healthy, as a sentence without secrets.</param>
internal readonly record struct TargetHealth(TargetState State, string? Reason = null);
