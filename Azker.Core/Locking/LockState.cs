using System.Text.Json.Serialization;

namespace Azker.Core.Locking;

/// <summary>The state of the receiver lock, as its holder reports it.</summary>
public enum LockState
{
    /// <summary>The holder holds the lock.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>The holder is stopping: it finishes the updates in flight and then releases the lock.</summary>
    [JsonStringEnumMemberName("draining")]
    Draining,

    /// <summary>The holder released the lock.</summary>
    [JsonStringEnumMemberName("released")]
    Released,

    /// <summary>
    /// The holder waits before it acts, because an earlier holder, of which nothing is known, might still act.
    /// </summary>
    [JsonStringEnumMemberName("quarantine")]
    Quarantine,
}
