using System.Text.Json.Serialization;

namespace Azker.Core.Locking;

/// <summary>What a holder of an <see cref="IInstanceLock"/> does with it.</summary>
public enum LockState
{
    /// <summary>It holds the lock.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>It is stopping: it finishes what is in hand and then releases the lock.</summary>
    [JsonStringEnumMemberName("draining")]
    Draining,

    /// <summary>It gave the lock up.</summary>
    [JsonStringEnumMemberName("released")]
    Released,

    /// <summary>
    /// It has the lock, and waits before it acts, because an earlier holder of whom nothing can be known might still act.
    /// </summary>
    [JsonStringEnumMemberName("quarantine")]
    Quarantine,
}
