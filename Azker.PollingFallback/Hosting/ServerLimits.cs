using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Azker.PollingFallback.Hosting;

/// <summary>The limits of a client of the console's server; Telegram's own requests are far below all limits.</summary>
internal static class ServerLimits
{
    public static void Apply(KestrelServerLimits limits, int telegramConnections)
    {
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Telegram closes an idle connection after 60 s; the server lets Telegram close it.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
        limits.MaxConcurrentConnections = Math.Max(256, 2 * telegramConnections);
        limits.MaxConcurrentUpgradedConnections = 0;
    }
}
