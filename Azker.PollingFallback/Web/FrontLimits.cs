using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Azker.PollingFallback.Web;

/// <summary>What one client may take. Telegram's own requests are far below all of it.</summary>
internal static class FrontLimits
{
    private const int MaxBodyBytes = 1024 * 1024;

    public static void Apply(KestrelServerLimits limits, int telegramConnections)
    {
        limits.MaxRequestBodySize = MaxBodyBytes;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        // Telegram closes an idle connection after 60 s; it should be the one to do so.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
        limits.MaxConcurrentConnections = Math.Max(256, 2 * telegramConnections);
        limits.MaxConcurrentUpgradedConnections = 0;
    }
}
