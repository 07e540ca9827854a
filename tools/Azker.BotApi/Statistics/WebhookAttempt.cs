namespace Azker.BotApi.Statistics;

/// <summary>
/// One time that an update was given to a connection of a webhook. While it is on its way, <paramref name="EndedAt"/> is null.
/// Unless <paramref name="IsSent"/>, no connection could be opened for it. <paramref name="Status"/> is null when no answer came.
/// </summary>
public sealed record WebhookAttempt(DateTimeOffset At, string Url, bool IsSent, DateTimeOffset? EndedAt, int? Status, string? Error)
{
    /// <summary>Whether the webhook answered 2xx, so that it should never see the update again.</summary>
    public bool IsAccepted => EndedAt is not null && Error is null;
}
