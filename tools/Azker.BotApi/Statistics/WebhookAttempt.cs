namespace Azker.BotApi.Statistics;

/// <summary>One attempt to deliver an update to a webhook.</summary>
/// <param name="At">When the server gave the update to a connection, on the server's clock.</param>
/// <param name="Url">The URL of the webhook.</param>
/// <param name="IsSent">Whether the connection was open, so that the webhook may have seen the update.</param>
/// <param name="EndedAt">When the attempt ended, or null while the update is in flight.</param>
/// <param name="Status">The HTTP status of the webhook's answer, or null without an answer.</param>
/// <param name="Error">Why the attempt failed, or null while the update is in flight and when the webhook accepted it.</param>
public sealed record WebhookAttempt(DateTimeOffset At, string Url, bool IsSent, DateTimeOffset? EndedAt, int? Status, string? Error)
{
    /// <summary>Whether the webhook answered 2xx. The server never sends an accepted update again.</summary>
    public bool IsAccepted => EndedAt is not null && Error is null;
}
