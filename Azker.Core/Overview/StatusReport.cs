using Azker.Core.Instances;

namespace Azker.Core.Overview;

/// <summary>The receiver of the updates, and the state of all that it needs.</summary>
/// <param name="At">The time of the report, UTC.</param>
/// <param name="BotId">The user ID of the bot.</param>
/// <param name="Receiver">The receiver; <see langword="null"/> when no instance is known to.</param>
/// <param name="Lock">The receiver lock.</param>
/// <param name="Webhook">The webhook at Telegram; <see langword="null"/> when Telegram gave no answer.</param>
/// <param name="TelegramFault">Why Telegram gave no answer.</param>
/// <param name="PendingTrend"><c>rising</c>, <c>falling</c> or <c>steady</c>; <see langword="null"/> when nothing is pending.</param>
/// <param name="InFlight">How many updates handlers handle now, on all instances.</param>
/// <param name="Parked">How many updates are parked; <see langword="null"/> when they cannot be counted.</param>
/// <param name="DeadLetters">How many dead letters there are; <see langword="null"/> when they cannot be counted.</param>
/// <param name="LastReceivedAt">When the last update arrived at a running instance, UTC.</param>
/// <param name="LastSettledAt">When the last update was settled by a running instance, UTC.</param>
/// <param name="Ledger"><c>memory</c>, <c>file</c> or <c>table</c>.</param>
/// <param name="StorageFault">Why the lock and the records of the instances cannot be read; <see langword="null"/> when they can.</param>
/// <param name="Instances">The instances that were seen within the last day, the newest sign of life first.</param>
/// <param name="LockRenewedAt">When the holder last renewed its lease, as its last sign of life says, UTC; <see langword="null"/> for an OS lock.</param>
internal sealed record StatusReport(
    DateTimeOffset At,
    long BotId,
    ReceiverReport? Receiver,
    LockReport Lock,
    WebhookReport? Webhook,
    string? TelegramFault,
    string? PendingTrend,
    int InFlight,
    int? Parked,
    int? DeadLetters,
    DateTimeOffset? LastReceivedAt,
    DateTimeOffset? LastSettledAt,
    string Ledger,
    string? StorageFault,
    IReadOnlyList<InstanceReport> Instances,
    DateTimeOffset? LockRenewedAt);

/// <summary>The receiver of the updates.</summary>
/// <param name="Mode"><c>polling</c> or <c>webhook</c>.</param>
/// <param name="Host">The machine; <see langword="null"/> when Telegram pushes to an instance that gives no sign of life.</param>
/// <param name="Pid">The process ID.</param>
/// <param name="Since">Since when this is so, UTC; <see langword="null"/> when it is not known.</param>
/// <param name="Epoch">The number of the lock's acquisition; <see langword="null"/> when it is not known.</param>
internal sealed record ReceiverReport(string Mode, string? Host, int? Pid, DateTimeOffset? Since, long? Epoch);

/// <summary>An instance that was seen.</summary>
/// <param name="IsLate">Whether it has missed a sign of life, so that it has perhaps ended without a stop.</param>
/// <param name="Record">Its last sign of life.</param>
internal sealed record InstanceReport(bool IsLate, InstanceRecord Record);
