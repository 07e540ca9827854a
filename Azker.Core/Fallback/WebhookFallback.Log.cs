using Microsoft.Extensions.Logging;

namespace Azker.Core.Fallback;

internal sealed partial class WebhookFallback
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The webhook receives. Watching it.")]
        public static partial void Well(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "The webhook is {Condition}: {Reason}.")]
        public static partial void NotWell(ILogger logger, WebhookCondition condition, string? reason);

        [LoggerMessage(3, LogLevel.Information, "Standby: PID {ProcessId} on {Host} holds the receiver lock, since {Since:u}. Waiting for it to end.")]
        public static partial void Waiting(ILogger logger, int processId, string host, DateTimeOffset since);

        [LoggerMessage(4, LogLevel.Error, "Nobody can be told to receive: {Reason}")]
        public static partial void LockUnusable(ILogger logger, string reason);

        [LoggerMessage(5, LogLevel.Error, "Polling ended. {Reason} Watching the webhook again.")]
        public static partial void LockLost(ILogger logger, string reason);

        [LoggerMessage(6, LogLevel.Error, "{Reason} Watching it.")]
        public static partial void LeftToForeign(ILogger logger, string reason);
    }
}
