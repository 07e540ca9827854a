using Azker.Core.Fallback;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Hosting;

/// <summary>A run as the fallback of a webhook that another program serves.</summary>
internal sealed partial class FallbackRun(WebhookFallback fallback, ILogger<FallbackRun> logger) : IReceiverRun
{
    public async Task RunAsync(Task requestsFinished, CancellationToken stoppingToken)
    {
        Log.Started(logger);
        await fallback.RunAsync(stoppingToken);
        Log.Stopped(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(7021, LogLevel.Information, "Mode: fallback of the webhook. This instance polls only while the webhook does not receive.")]
        public static partial void Started(ILogger logger);

        [LoggerMessage(7022, LogLevel.Information, "Stopped.")]
        public static partial void Stopped(ILogger logger);
    }
}
