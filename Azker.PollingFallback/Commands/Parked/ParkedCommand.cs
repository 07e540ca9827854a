using System.CommandLine;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary><c>parked</c>: lists the updates that are stored and still to be handled.</summary>
internal static class ParkedCommand
{
    public static Command Create(CommandHost host) =>
        new("parked", "Lists parked updates: the updates that are stored, confirmed to Telegram, and still to be handled.") { CreateList(host) };

    private static Command CreateList(CommandHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print each parked update as one line of JSON." };
        var list = new Command("list", "Lists the parked updates, the oldest first.") { json };
        list.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => ListParkedUpdates.RunAsync(bot.Receiver, result.GetValue(json), stoppingToken), cancellationToken));
        return list;
    }
}
