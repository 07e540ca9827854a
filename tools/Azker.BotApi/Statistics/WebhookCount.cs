namespace Azker.BotApi.Statistics;

/// <summary>How many deliveries to one webhook URL were accepted and how many failed; those on their way are neither.</summary>
public sealed record WebhookCount(string Url, long Accepted, long Failed);
