using System.CommandLine;
using Azker.Core.Hosting;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands;

/// <summary><c>webhook</c>: changes the registration by hand.</summary>
internal static class WebhookCommand
{
    public static Command Create(CommandHost host)
    {
        var set = new Command("set", "Registers the webhook at WEBHOOK_URL, and replaces a webhook that another deployment registered. Fails while another instance holds the receiver lock.");
        set.SetAction((_, cancellationToken) => host.RunAsync(SetAsync, cancellationToken));
        return new Command("webhook", "Changes the webhook's registration by hand.") { set };
    }

    private static async Task<int> SetAsync(AzkerBot bot, CancellationToken cancellationToken)
    {
        WebhookGuard guard = bot.Receiver.GetRequiredService<WebhookGuard>();
        WebhookGuardResult result = await LockedCommand.RunAsync(bot, handle => guard.RunAsync(handle, cancellationToken), cancellationToken);
        if (!result.IsRegistered)
        {
            await Console.Error.WriteLineAsync($"The webhook was not registered: {result.Reason}");
            return ExitCode.Unexpected;
        }

        await Console.Out.WriteLineAsync(result.Drift.Count == 0
            ? "The webhook is already registered as configured."
            : "The webhook is registered, with a secret token.");
        return ExitCode.Stopped;
    }
}
