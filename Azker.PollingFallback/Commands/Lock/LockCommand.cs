using System.CommandLine;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.Lock;

/// <summary><c>lock</c>: shows the receiver lock, or takes it away from its holder.</summary>
internal static class LockCommand
{
    public static Command Create(CommandHost host) => new("lock", Texts.LockDescription) { CreateShow(host), CreateBreak(host) };

    private static Command CreateShow(CommandHost host)
    {
        Option<bool> json = JsonOption.Create();
        var show = new Command("show", Texts.LockShowDescription) { json };
        show.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => ShowLock.RunAsync(bot, result.GetValue(json), stoppingToken), cancellationToken));
        return show;
    }

    private static Command CreateBreak(CommandHost host)
    {
        Option<bool> json = JsonOption.Create();
        Option<bool> yes = YesOption.Create();
        var breaking = new Command("break", Texts.LockBreakDescription) { yes, json };
        breaking.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => BreakLock.RunAsync(bot, result.GetValue(yes), result.GetValue(json), stoppingToken), cancellationToken));
        return breaking;
    }
}
