namespace Azker.BotApi.Statistics;

/// <summary>An update whose delivery failed, and when it is tried again at the earliest.</summary>
public sealed record WebhookRetry(int UpdateId, int Failures, DateTimeOffset At);
