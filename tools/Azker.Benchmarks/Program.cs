using System.CommandLine;
using Azker.Benchmarks.Delivery;
using Azker.Benchmarks.Locking;
using Azker.Benchmarks.Receiving;

var runs = new Option<int>("--runs") { Description = "How often each is measured.", DefaultValueFactory = _ => 20 };
var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
var only = new Option<string[]>("--only") { Description = "Which to measure, by name; all when left out.", AllowMultipleArgumentsPerToken = true };
var locks = new Command("lock", "Measures the blob lease between real processes, with Azurite behind a proxy that fails on request.") { runs, json, only };
locks.SetAction((arguments, cancellationToken) => LockBenchmarks.RunAsync(
    arguments.GetValue(runs), arguments.GetValue(only) ?? [], arguments.GetValue(json), cancellationToken));
var delivery = new Command("delivery", "Measures what each ledger adds to an update, against none, and counts its storage operations.") { runs, json };
delivery.SetAction((arguments, cancellationToken) => DeliveryBenchmarks.RunAsync(arguments.GetValue(runs), arguments.GetValue(json), cancellationToken));

var scripts = new Option<int>("--scripts") { Description = "How many scripts of random faults are played.", DefaultValueFactory = _ => 50 };
var seed = new Option<int>("--seed") { Description = "The seed of the first script; the others follow.", DefaultValueFactory = _ => 1 };
var seconds = new Option<double>("--seconds") { Description = "How long a script lasts.", DefaultValueFactory = _ => 30 };
var sideBySide = new Option<int>("--side-by-side") { Description = "How many are played at a time.", DefaultValueFactory = _ => 3 };
var receiving = new Command("receiving", """
    Plays random faults on real processes: a console that serves the webhook, its guard and two fallbacks, with Azurite and
    a stand-in for the Bot API server. Exit code 1 when anything was lost, repeated without a cause or in conflict; the
    script and all that the processes wrote are then on standard error.

    conflicts: 409 to a process that ran. A process that stands still (SIGSTOP) cannot close the connection of the poll that
    it had sent while the lock was its own; the 409 to that poll counts as conflicts_to_paused. If the process polled again
    without the lock, it would end its successor's poll, and that 409 counts.
    duplicates: answered again without a cause. The causes that count apart: the process that had answered was killed
    (repeated_by_kill); it, or the next, stood still (repeated_by_pause); the way to Telegram or the storage was cut before it
    could tell that it had answered (repeated_by_cut). A storage that takes longer than the 2.5 s that the parties allow it
    counts as cut off, whether that was planned or the machine has too much to do.
    """) { scripts, seed, seconds, sideBySide, json };
receiving.SetAction((arguments, cancellationToken) => ReceivingChaos.RunAsync(
    arguments.GetValue(scripts),
    arguments.GetValue(seed),
    TimeSpan.FromSeconds(arguments.GetValue(seconds)),
    arguments.GetValue(sideBySide),
    arguments.GetValue(json),
    cancellationToken));
return await new RootCommand("Measures Azker.") { locks, delivery, receiving }.Parse(args).InvokeAsync();
