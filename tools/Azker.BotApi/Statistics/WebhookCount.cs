namespace Azker.BotApi.Statistics;

/// <summary>The ended deliveries to one webhook URL.</summary>
/// <param name="Url">The URL of the webhook.</param>
/// <param name="Accepted">The deliveries that the webhook answered with 2xx.</param>
/// <param name="Failed">The other deliveries that ended. Updates in flight do not count.</param>
public sealed record WebhookCount(string Url, long Accepted, long Failed);
