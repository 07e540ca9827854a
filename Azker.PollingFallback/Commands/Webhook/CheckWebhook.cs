using Azker.Core.Hosting;
using Azker.PollingFallback.Diagnosis;

namespace Azker.PollingFallback.Commands.Webhook;

/// <summary><c>webhook check</c>.</summary>
internal static class CheckWebhook
{
    public static async Task<int> RunAsync(AzkerBot bot, bool dryRun, bool json, CancellationToken cancellationToken)
    {
        var output = new FindingOutput(json);
        await output.WriteAsync(new WebhookChecks(bot).RunAsync(!dryRun, cancellationToken));
        return output.ExitCode;
    }
}
