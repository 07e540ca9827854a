namespace Azker.BotApi.Statistics;

/// <summary>An update that waits for a retry at a webhook.</summary>
/// <param name="UpdateId">The update_id.</param>
/// <param name="Failures">The number of failed attempts, at least 1.</param>
/// <param name="At">The earliest time of the next attempt, on the server's clock.</param>
public sealed record WebhookRetry(int UpdateId, int Failures, DateTimeOffset At);
