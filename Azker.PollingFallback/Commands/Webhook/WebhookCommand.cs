using System.CommandLine;
using Azker.Core.Hosting;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.Webhook;

/// <summary><c>webhook</c>: shows, changes and checks the webhook by hand.</summary>
internal static class WebhookCommand
{
    public static Command Create(CommandHost host) => new("webhook", Texts.WebhookDescription)
    {
        CreateInfo(host),
        CreateChange(host, "set", Texts.WebhookSetDescription, SetWebhook.RunAsync),
        CreateChange(host, "delete", Texts.WebhookDeleteDescription, DeleteWebhook.RunAsync),
        CreateCheck(host),
    };

    private static Command CreateInfo(CommandHost host)
    {
        Option<bool> json = JsonOption.Create();
        var dryRun = new Option<bool>("--dry-run") { Description = Texts.WebhookInfoDryRunOption };
        var info = new Command("info", Texts.WebhookInfoDescription) { dryRun, json };
        info.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => ShowWebhook.RunAsync(bot, result.GetValue(json), stoppingToken), cancellationToken));
        return info;
    }

    private static Command CreateChange(
        CommandHost host, string name, string description, Func<AzkerBot, bool, CancellationToken, Task<WebhookChange>> run)
    {
        Option<bool> json = JsonOption.Create();
        var dryRun = new Option<bool>("--dry-run") { Description = Texts.DryRunOption };
        var command = new Command(name, description) { dryRun, json };
        command.SetAction((result, cancellationToken) => host.RunAsync(
            async (bot, stoppingToken) => await WebhookChangeText.WriteAsync(await run(bot, result.GetValue(dryRun), stoppingToken), result.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static Command CreateCheck(CommandHost host)
    {
        Option<bool> json = JsonOption.Create();
        var dryRun = new Option<bool>("--dry-run") { Description = Texts.WebhookCheckDryRunOption };
        var check = new Command("check", Texts.WebhookCheckDescription) { dryRun, json };
        check.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => CheckWebhook.RunAsync(bot, result.GetValue(dryRun), result.GetValue(json), stoppingToken), cancellationToken));
        return check;
    }
}
