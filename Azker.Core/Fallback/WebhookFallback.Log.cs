using Microsoft.Extensions.Logging;

namespace Azker.Core.Fallback;

internal sealed partial class WebhookFallback
{
    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Information, "The webhook is healthy. Watching it.")]
        public static partial void Healthy(ILogger logger);

        [LoggerMessage(5002, LogLevel.Warning, "The webhook is {Condition}. {Reason}")]
        public static partial void NotHealthy(ILogger logger, WebhookCondition condition, string reason);

        [LoggerMessage(5003, LogLevel.Information, "Standby: PID {ProcessId} on {Host} has held the receiver lock since {Since:u}. Waiting for its release.")]
        public static partial void Waiting(ILogger logger, int processId, string host, DateTimeOffset since);

        [LoggerMessage(5004, LogLevel.Error, "The receiver lock is unavailable, so no instance can take over: {Reason}.")]
        public static partial void LockUnavailable(ILogger logger, string reason);

        [LoggerMessage(5005, LogLevel.Error, "{Reason} Watching the webhook again.")]
        public static partial void LockLost(ILogger logger, string reason);

        [LoggerMessage(5006, LogLevel.Error, "{Reason} Watching the webhook until it is deleted.")]
        public static partial void ForeignWebhook(ILogger logger, string reason);
    }
}
