using System.CommandLine;
using Azker.PollingFallback.Commands.Completion;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary><c>dead-letters</c>: lists, shows, replays, exports and removes the updates that Azker gave up on.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(CommandHost host) => new("dead-letters", Texts.DeadLettersDescription)
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
        var list = new Command("list", Texts.DeadLettersListDescription) { json };
        list.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ListDeadLetters.RunAsync(session, result.GetValue(json)), cancellationToken));
        return list;
    }

    private static Command CreateShow(CommandHost host)
    {
        Argument<string> id = Id();
        Option<bool> json = JsonOption.Create();
        var raw = new Option<bool>("--raw") { Description = Texts.DeadLettersRawOption };
        var show = new Command("show", Texts.DeadLettersShowDescription) { id, json, raw };
        show.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(raw))
            {
                result.AddError(Texts.DeadLettersJsonOrRaw);
            }
        });
        show.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ShowDeadLetter.RunAsync(session, result.GetRequiredValue(id), result.GetValue(json), result.GetValue(raw)), cancellationToken));
        return show;
    }

    private static Command CreateReplay(CommandHost host)
    {
        Argument<string> id = Id();
        var all = new Option<bool>("--all") { Description = Texts.DeadLettersAllOption };
        Option<bool> json = JsonOption.Create();
        var replay = new Command("replay", Texts.DeadLettersReplayDescription) { id, all, json };
        RequireIdOrAll(replay, id, all);
        replay.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ReplayDeadLetters.RunAsync(session, result.GetValue(id), result.GetValue(json)), cancellationToken));
        return replay;
    }

    private static Command CreateExport(CommandHost host)
    {
        Option<string> output = OutputFile.CreateOption();
        var export = new Command("export", Texts.DeadLettersExportDescription) { output };
        export.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ExportDeadLetters.RunAsync(session, result.GetValue(output)), cancellationToken));
        return export;
    }

    private static Command CreateRemove(CommandHost host)
    {
        Argument<string> id = Id();
        var all = new Option<bool>("--all") { Description = Texts.DeadLettersRemoveAllOption };
        Option<bool> json = JsonOption.Create();
        Option<bool> yes = YesOption.Create();
        var remove = new Command("remove", Texts.DeadLetterRemoveDescription) { id, all, yes, json };
        RequireIdOrAll(remove, id, all);
        remove.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => RemoveDeadLetters.RunAsync(session, result.GetValue(id), result.GetValue(yes), result.GetValue(json)), cancellationToken));
        return remove;
    }

    private static void RequireIdOrAll(Command command, Argument<string> id, Option<bool> all)
    {
        id.Arity = ArgumentArity.ZeroOrOne;
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == result.GetValue(id) is not null)
            {
                result.AddError(Texts.DeadLettersIdOrAll);
            }
        });
    }

    private static Argument<string> Id() => new("ID") { Description = Texts.DeadLettersIdArgument, CompletionSources = { StoredIds.OfDeadLetters } };
}
