using Azker.Core.Fallback;
using Azker.PollingFallback.Web;
using Microsoft.Extensions.Logging;

namespace Azker.PollingFallback.Hosting;

/// <summary>A run that is the fallback of a webhook which another program serves.</summary>
internal sealed partial class FallbackRun(WebhookFallback coordinator, HttpFront front, ILogger<FallbackRun> logger) : IConsoleRun
{
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await front.StartAsync(servesWebhook: false, stoppingToken);
            Log.Started(logger);
            await coordinator.RunAsync(stoppingToken);
            Log.Stopped(logger);
        }
        finally
        {
            await front.StopAsync(TimeSpan.Zero);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Mode: fallback of the webhook. It polls only when the webhook does not receive.")]
        public static partial void Started(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "Stopped.")]
        public static partial void Stopped(ILogger logger);
    }
}
