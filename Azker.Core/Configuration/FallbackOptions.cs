namespace Azker.Core.Configuration;

/// <summary>When polling replaces the webhook (failover), and when the webhook receives again (failback).</summary>
public sealed class FallbackOptions
{
    /// <summary>
    /// <c>FALLBACK_GRACE</c>, in seconds: how long the webhook must be unhealthy before polling replaces it. Default 60 s,
    /// 1 s to 3600 s. A shorter time means less time without a receiver, and more failovers for faults that would have
    /// passed.
    /// </summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// <c>FAILBACK_DELAY</c>, in seconds: how long the webhook's program must be healthy before the webhook receives again.
    /// Default 60 s, 1 s to 3600 s. It doubles each time that the webhook soon fails again, up to
    /// <see cref="MaxFailbackDelay"/>. A longer time means fewer failbacks to a webhook that fails again, and a longer time
    /// of polling.
    /// </summary>
    public TimeSpan FailbackDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// <c>FAILBACK_DELAY_MAX</c>, in seconds: the longest time to which <see cref="FailbackDelay"/> doubles; a webhook that
    /// stays healthy for this long counts as cured. Default 1800 s, 1 s to 86400 s, not below <see cref="FailbackDelay"/>.
    /// A longer time calms a webhook that fails again and again, and delays the failback after it is cured.
    /// </summary>
    public TimeSpan MaxFailbackDelay { get; set; } = TimeSpan.FromSeconds(1800);

    /// <summary>
    /// <c>FALLBACK_CHECK_INTERVAL</c>, in seconds: how often a console checks the webhook (getWebhookInfo) and its
    /// <c>/health</c>. Default 10 s, 0.2 s to 300 s, not above <see cref="Grace"/>. A shorter interval notices a fault
    /// sooner and sends more requests.
    /// </summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(10);
}
