namespace Azker.Core.Overview;

/// <summary>The part of the status that takes long to read.</summary>
/// <param name="Webhook">See <see cref="StatusReport.Webhook"/>.</param>
/// <param name="TelegramFault">See <see cref="StatusReport.TelegramFault"/>.</param>
/// <param name="PendingTrend">See <see cref="StatusReport.PendingTrend"/>.</param>
/// <param name="Parked">See <see cref="StatusReport.Parked"/>.</param>
/// <param name="DeadLetters">See <see cref="StatusReport.DeadLetters"/>.</param>
internal sealed record SlowStatus(WebhookReport? Webhook, string? TelegramFault, string? PendingTrend, int? Parked, int? DeadLetters);
