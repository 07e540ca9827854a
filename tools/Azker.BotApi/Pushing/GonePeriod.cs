namespace Azker.BotApi.Pushing;

/// <summary>
/// Tells when a webhook has answered 410 and nothing else for longer than 23 h. The Bot API server deletes such a webhook.
/// </summary>
internal sealed class GonePeriod
{
    private const int Gone = 410;
    private static readonly TimeSpan Limit = TimeSpan.FromHours(23);

    private DateTimeOffset? _firstAt;

    /// <summary>Records an answer, and says whether the answer ends the webhook.</summary>
    public bool Answer(int status, DateTimeOffset now)
    {
        _firstAt = status == Gone ? _firstAt ?? now : null;
        return now - _firstAt > Limit;
    }
}
