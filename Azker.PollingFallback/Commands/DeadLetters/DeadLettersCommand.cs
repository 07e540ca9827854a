using System.CommandLine;

namespace Azker.PollingFallback.Commands.DeadLetters;

/// <summary><c>dead-letters</c>: looks at the updates that were given up on, and replays them.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(CommandHost host) => new("dead-letters", "Looks at the updates that were given up on, and replays them. A running instance goes on meanwhile.")
    {
        CreateList(host),
        CreateShow(host),
        CreateReplay(host),
        CreateExport(host),
    };

    private static Command CreateList(CommandHost host)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var list = new Command("list", "Lists the dead letters.") { json };
        list.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ListDeadLetters.RunAsync(session, result.GetValue(json)), cancellationToken));
        return list;
    }

    private static Command CreateShow(CommandHost host)
    {
        Argument<string> id = Id();
        var json = new Option<bool>("--json") { Description = "As one JSON object." };
        var raw = new Option<bool>("--raw") { Description = "Only the update's JSON, byte for byte as it came." };
        var show = new Command("show", "Shows a dead letter: why the update was given up on, and its JSON.") { id, json, raw };
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
        var all = new Option<bool>("--all") { Description = "Replay all of them, one after the other, the oldest first." };
        var replay = new Command("replay", "Brings an update to its handler once more. A success removes the dead letter; a failure keeps it, with one attempt more.") { id, all };
        replay.Validators.Add(result =>
        {
            if (result.GetValue(all) == result.GetValue(id) is not null)
            {
                result.AddError("Give the ID of a dead letter, or --all.");
            }
        });
        replay.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ReplayDeadLetters.RunAsync(session, result.GetValue(id)), cancellationToken));
        return replay;
    }

    private static Command CreateExport(CommandHost host)
    {
        var output = new Option<string>("--output", "-o") { Description = "The file to write; without it, the standard output. A file that is there is not overwritten.", HelpName = "FILE" };
        var export = new Command("export", "Writes all dead letters, each as one line of JSON with the update as it came.") { output };
        export.SetAction((result, cancellationToken) => DeadLetterSession.RunAsync(
            host,
            session => ExportDeadLetters.RunAsync(session, result.GetValue(output)), cancellationToken));
        return export;
    }

    private static Argument<string> Id() => new("ID") { Description = "The ID that list shows, or its beginning, such as the update_id." };
}
