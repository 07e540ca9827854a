namespace Azker.Core.Tests.Webhook.Pushing;

/// <summary>An update that waits with Telegram, and the state of its delivery.</summary>
internal sealed class PushedUpdate(int id, long chat, byte[] json, DateTimeOffset expiresAt)
{
    public int Id => id;

    public long Chat => chat;

    public byte[] Json => json;

    public DateTimeOffset ExpiresAt => expiresAt;

    public int Failures { get; private set; }

    private int DoubledSeconds { get; set; } = 1;

    /// <summary>Returns the delay: 0, 2, 4 ... s after failures. A <c>Retry-After</c> replaces the delay and does not double it.</summary>
    public TimeSpan Fail(int? retryAfter)
    {
        int seconds = retryAfter ?? (Failures == 0 ? 0 : DoubledSeconds = Math.Min(120, DoubledSeconds * 2));
        Failures++;
        return TimeSpan.FromSeconds(seconds);
    }
}
