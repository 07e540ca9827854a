namespace Azker.BotApi.Pushing;

/// <summary>A webhook that answers 410 and nothing else for longer than 23 hours is deleted.</summary>
internal sealed class GonePeriod
{
    private const int Gone = 410;
    private static readonly TimeSpan Limit = TimeSpan.FromHours(23);

    private DateTimeOffset? _firstAt;

    /// <summary>Whether this answer is the one that ends the webhook.</summary>
    public bool Answer(int status, DateTimeOffset now)
    {
        _firstAt = status == Gone ? _firstAt ?? now : null;
        return now - _firstAt > Limit;
    }
}
