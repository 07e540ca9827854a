using System.CommandLine;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary><c>dead-letters</c>: lists, shows, replays, exports and removes the updates that Azker gave up on.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(CommandHost host) => new("dead-letters", "Lists, shows, replays and exports dead letters: the updates that Azker gave up on. A running instance keeps running.")
    {
        CreateList(host),
        CreateShow(host),
        CreateReplay(host),
        CreateExport(host),
        CreateRemove(host),
    };

    private static Command CreateList(CommandHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print each dead letter as one line of JSON." };
        var list = new Command("list", "Lists the dead letters.") { json };
        list.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ListDeadLetters.RunAsync(session, result.GetValue(json)), cancellationToken));
        return list;
    }

    private static Command CreateShow(CommandHost host)
    {
        Argument<string> id = Id();
        var json = new Option<bool>("--json") { Description = "Print the dead letter as one line of JSON." };
        var raw = new Option<bool>("--raw") { Description = "Print only the update's JSON, byte for byte as Telegram sent it." };
        var show = new Command("show", "Shows a dead letter: why Azker gave up on the update, and the update's JSON.") { id, json, raw };
        show.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(raw))
            {
                result.AddError("Give --json or --raw, not both.");
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
        id.Arity = ArgumentArity.ZeroOrOne;
        var all = new Option<bool>("--all") { Description = "Replay all dead letters, one after the other, the oldest first." };
        Option<bool> json = JsonOption.Create();
        var replay = new Command("replay", "Brings the update of a dead letter to its handler again. A success removes the dead letter; a failure keeps it and counts the attempt.") { id, all, json };
        replay.Validators.Add(result =>
        {
            if (result.GetValue(all) == result.GetValue(id) is not null)
            {
                result.AddError("Give the ID of a dead letter, or --all.");
            }
        });
        replay.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ReplayDeadLetters.RunAsync(session, result.GetValue(id), result.GetValue(json)), cancellationToken));
        return replay;
    }

    private static Command CreateExport(CommandHost host)
    {
        Option<string> output = OutputFile.CreateOption();
        var export = new Command("export", "Writes all dead letters, each as one line of JSON with the update as Telegram sent it.") { output };
        export.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ExportDeadLetters.RunAsync(session, result.GetValue(output)), cancellationToken));
        return export;
    }

    private static Command CreateRemove(CommandHost host)
    {
        Argument<string> id = Id();
        Option<bool> json = JsonOption.Create();
        Option<bool> yes = YesOption.Create();
        var remove = new Command("remove", Texts.DeadLetterRemoveDescription) { id, yes, json };
        remove.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => RemoveDeadLetter.RunAsync(session, result.GetRequiredValue(id), result.GetValue(yes), result.GetValue(json)), cancellationToken));
        return remove;
    }

    private static Argument<string> Id() => new("ID") { Description = "The ID that 'dead-letters list' shows, or the start of the ID, such as the update_id." };
}
