using System.Text.Json;
using Azker.Core.Hosting;
using Azker.Core.Overview;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Webhook;

/// <summary><c>webhook info</c>.</summary>
internal static class ShowWebhook
{
    public static async Task<int> RunAsync(AzkerBot bot, bool json, CancellationToken cancellationToken)
    {
        WebhookReport info = await bot.Receiver.GetRequiredService<WebhookReader>().ReadAsync(cancellationToken);
        await Console.Out.WriteLineAsync(json
            ? JsonSerializer.Serialize(info, CommandJsonContext.Default.WebhookReport)
            : WebhookText.Format(info, bot.Receiver.GetRequiredService<TimeProvider>().GetUtcNow()));
        return ExitCode.Stopped;
    }
}
