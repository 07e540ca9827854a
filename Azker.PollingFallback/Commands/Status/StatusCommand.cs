using System.CommandLine;
using System.Text.Json;
using Azker.Core.Hosting;
using Azker.Core.Overview;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Status;

/// <summary><c>status</c>: shows the receiver of the updates, and the state of all that it needs.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandHost host)
    {
        Option<bool> json = JsonOption.Create();
        var watch = new Option<bool>("--watch", "-w") { Description = Texts.WatchOption };
        var status = new Command("status", Texts.StatusDescription) { watch, json };
        status.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => result.GetValue(watch)
                ? StatusWatch.RunAsync(bot.Receiver.GetRequiredService<StatusReader>(), result.GetValue(json), stoppingToken)
                : ShowAsync(bot, result.GetValue(json), stoppingToken),
            cancellationToken));
        return status;
    }

    private static async Task<int> ShowAsync(AzkerBot bot, bool json, CancellationToken cancellationToken)
    {
        StatusReport report = await bot.Receiver.GetRequiredService<StatusReader>().ReadAsync(cancellationToken);
        await Console.Out.WriteLineAsync(
            json ? JsonSerializer.Serialize(report, CommandJsonContext.Default.StatusReport) : StatusText.Format(report));
        return ExitCode.Stopped;
    }
}
