using System.CommandLine;
using Azker.Simulation.Rules;
using Azker.Simulation.Runs;

namespace Azker.Simulation;

/// <summary>The command line.</summary>
internal static class SimulationCommand
{
    private const int Clean = 0;
    private const int Violated = 1;

    /// <summary>The largest number of failed seeds that are reported; further failed seeds are only counted.</summary>
    private const int MostReported = 10;

    public static RootCommand Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "The number of seeds to run.", DefaultValueFactory = _ => 500 };
        var first = new Option<int>("--first") { Description = "The first seed.", DefaultValueFactory = _ => 0 };
        var seed = new Option<int?>("--seed") { Description = "Run only this seed." };
        var trace = new Option<bool>("--trace") { Description = "With --seed: print the whole trace of the seed." };
        var json = new Option<bool>("--json") { Description = "Print the summary as one line of JSON." };
        var without = new Option<Rule?>("--without") { Description = "Remove one rule, R1 to R7, to see that seeds find the broken promise." };
        var threads = new Option<int>("--threads") { Description = "The number of seeds to run at the same time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var root = new RootCommand("""
            Runs Azker's own code in virtual time: many instances, a Bot API server and a storage service in one process, with
            random faults between them. The same seed always gives the same run.
            Exit codes: 0 all promises were kept, 1 a promise was broken.
            """) { seeds, first, seed, trace, json, without, threads };
        root.SetAction(arguments => arguments.GetValue(seed) is { } one
            ? RunOne(one, arguments.GetValue(trace), arguments.GetValue(json), arguments.GetValue(without))
            : RunMany(
                new Batch(arguments.GetValue(first), arguments.GetValue(seeds), arguments.GetValue(without), arguments.GetValue(threads)),
                arguments.GetValue(json),
                arguments.GetValue(without)));
        return root;
    }

    private static int RunOne(int seed, bool hasTrace, bool isJson, Rule? without)
    {
        SeedResult? traced = null;
        Summary summary = new Batch(seed, 1, without, threads: 1).Run(_ => true);
        if (hasTrace || !summary.IsClean)
        {
            traced = Traced(seed, without);
        }

        foreach (string line in hasTrace ? traced!.Trace : [])
        {
            Console.WriteLine(line);
        }

        return Tell(summary, isJson, without, hasTrace ? null : traced);
    }

    private static int RunMany(Batch batch, bool isJson, Rule? without)
    {
        Summary summary = batch.Run(_ => false);
        return Tell(summary, isJson, without, summary.IsClean ? null : Traced(summary.Failed[0].Seed, without));
    }

    private static int Tell(Summary summary, bool isJson, Rule? without, SeedResult? traced)
    {
        foreach (SeedResult failed in summary.Failed.Take(MostReported))
        {
            Report.Write(Console.Error, failed, $"--seed {failed.Seed} --trace{(without is null ? "" : $" --without {without}")}");
        }

        if (summary.Failed.Count > MostReported)
        {
            Console.Error.WriteLine($"... and {summary.Failed.Count - MostReported} more seeds");
        }

        if (traced is not null)
        {
            Report.WriteTrace(Console.Error, traced);
        }

        Console.WriteLine(isJson ? summary.ToJson() : summary.ToText());
        return summary.IsClean ? Clean : Violated;
    }

    private static SeedResult Traced(int seed, Rule? without)
    {
        SeedResult? traced = null;
        new Batch(seed, 1, without, threads: 1) { HasTrace = true }.Run(result =>
        {
            traced = result;
            return true;
        });
        return traced!;
    }
}
