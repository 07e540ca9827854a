using System.CommandLine;
using Azker.PollingFallback.Commands.Completion;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.Parked;

/// <summary><c>parked</c>: lists, shows, exports, replays and removes the updates that are stored and still to be handled.</summary>
internal static class ParkedCommand
{
    public static Command Create(CommandHost host) => new("parked", Texts.ParkedDescription)
    {
        CreateList(host),
        CreateShow(host),
        CreateReplay(host),
        CreateExport(host),
        CreateRemove(host),
    };

    private static Command CreateList(CommandHost host)
    {
        Option<bool> json = JsonOption.Create();
        var list = new Command("list", Texts.ParkedListDescription) { json };
        list.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => ListParkedUpdates.RunAsync(bot.Receiver, result.GetValue(json), stoppingToken), cancellationToken));
        return list;
    }

    private static Command CreateShow(CommandHost host)
    {
        Argument<int> id = Id();
        Option<bool> json = JsonOption.Create();
        var show = new Command("show", Texts.ParkedShowDescription) { id, json };
        show.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => ShowParkedUpdate.RunAsync(bot.Receiver, result.GetValue(id), result.GetValue(json), stoppingToken), cancellationToken));
        return show;
    }

    private static Command CreateReplay(CommandHost host)
    {
        Argument<int> id = Id();
        Option<bool> json = JsonOption.Create();
        var replay = new Command("replay", Texts.ParkedReplayDescription) { id, json };
        replay.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => ReplayParkedUpdate.RunAsync(bot, result.GetValue(id), result.GetValue(json), stoppingToken), cancellationToken));
        return replay;
    }

    private static Command CreateExport(CommandHost host)
    {
        Option<string> output = OutputFile.CreateOption();
        var export = new Command("export", Texts.ParkedExportDescription) { output };
        export.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => ExportParkedUpdates.RunAsync(bot.Receiver, result.GetValue(output), stoppingToken), cancellationToken));
        return export;
    }

    private static Command CreateRemove(CommandHost host)
    {
        var id = new Argument<int?>("ID") { Description = Texts.ParkedIdArgument, CompletionSources = { StoredIds.OfParkedUpdates }, Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = Texts.ParkedRemoveAllOption };
        Option<bool> json = JsonOption.Create();
        Option<bool> yes = YesOption.Create();
        var remove = new Command("remove", Texts.ParkedRemoveDescription) { id, all, yes, json };
        remove.Validators.Add(result =>
        {
            if (result.GetValue(all) == result.GetValue(id) is not null)
            {
                result.AddError(Texts.ParkedIdOrAll);
            }
        });
        remove.SetAction((result, cancellationToken) => host.RunAsync(
            (bot, stoppingToken) => RemoveParkedUpdates.RunAsync(bot.Receiver, result.GetValue(id), result.GetValue(yes), result.GetValue(json), stoppingToken), cancellationToken));
        return remove;
    }

    private static Argument<int> Id() => new("ID") { Description = Texts.ParkedIdArgument, CompletionSources = { StoredIds.OfParkedUpdates } };
}
