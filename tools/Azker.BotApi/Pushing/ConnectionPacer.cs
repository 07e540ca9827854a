namespace Azker.BotApi.Pushing;

/// <summary>Limits the connections to a webhook: several only while the webhook has accepted an update in the last 10 s.</summary>
internal sealed class ConnectionPacer(int maxConnections)
{
    private static readonly TimeSpan ActiveFor = TimeSpan.FromSeconds(10);

    private readonly RateLimit _whileActive = new(10, TimeSpan.FromSeconds(0.5));
    private readonly RateLimit _whileIdle = new(1, TimeSpan.FromSeconds(2));
    private DateTimeOffset _activeUntil = DateTimeOffset.MinValue;

    public void Succeed(DateTimeOffset now) => _activeUntil = now + ActiveFor;

    /// <summary>When the next connection is due, or null when there are enough connections.</summary>
    public DateTimeOffset? NextAt(int connections, int keys, DateTimeOffset now)
    {
        int wanted = IsActive(now) ? Math.Clamp(keys, 1, maxConnections) : 1;
        return connections < wanted ? Limit(now).NextAt : null;
    }

    public void Open(DateTimeOffset now) => Limit(now).Add(now);

    private RateLimit Limit(DateTimeOffset now) => IsActive(now) ? _whileActive : _whileIdle;

    private bool IsActive(DateTimeOffset now) => now < _activeUntil;
}
