using System.CommandLine;
using Azker.Benchmarks.Comparing;
using Azker.Benchmarks.Delivery;
using Azker.Benchmarks.Locking;
using Azker.Benchmarks.Receiving;

var runs = new Option<int>("--runs") { Description = "The number of runs of each measurement.", DefaultValueFactory = _ => 20 };
var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
var only = new Option<string[]>("--only") { Description = "The names of the measurements, or of the ledgers, to run; the default is all.", AllowMultipleArgumentsPerToken = true };
var locks = new Command("lock", "Measures the blob lease between real processes, with Azurite behind a proxy that fails on request.") { runs, json, only };
locks.SetAction((arguments, cancellationToken) => LockBenchmarks.RunAsync(
    arguments.GetValue(runs), arguments.GetValue(only) ?? [], arguments.GetValue(json), cancellationToken));
var delivery = new Command("delivery", "Measures the cost that each ledger adds to an update, and counts its storage operations.") { runs, json, only };
delivery.SetAction((arguments, cancellationToken) => DeliveryBenchmarks.RunAsync(
    arguments.GetValue(runs), arguments.GetValue(only) ?? [], arguments.GetValue(json), cancellationToken));
var longHandlers = new Command("long-handlers", "Measures how much 50 handlers of 60 s slow down the updates of other chats, by polling and by webhook.") { runs, json };
longHandlers.SetAction((arguments, cancellationToken) => LongHandlerBenchmarks.RunAsync(
    arguments.GetValue(runs), arguments.GetValue(json), cancellationToken));
var telemetryRuns = new Option<int>("--runs") { Description = "The number of runs, each of 10,000 updates with listeners and 10,000 without.", DefaultValueFactory = _ => 10 };
var telemetry = new Command("telemetry", "Measures the CPU time that listeners of the telemetry add to an update.") { telemetryRuns, json };
telemetry.SetAction((arguments, cancellationToken) => TelemetryBenchmarks.RunAsync(
    arguments.GetValue(telemetryRuns), arguments.GetValue(json), cancellationToken));

var compareRuns = new Option<int>("--runs") { Description = "The number of runs of each row, each of both programs in turn.", DefaultValueFactory = _ => 3 };
var list = new Option<bool>("--list") { Description = "List the names of the rows." };
var compare = new Command("compare", "Compares Azker with what a user would take instead, as ratios: lower is better. The exit code is 1 when a bar is missed.") { compareRuns, json, only, list };
compare.SetAction((arguments, _) => arguments.GetValue(list)
    ? Task.FromResult(Comparison.List())
    : Comparison.RunAsync(arguments.GetValue(only) ?? [], arguments.GetValue(compareRuns), arguments.GetValue(json)));
var programName = new Argument<string>("name");
var warmUp = new Argument<int>("warm-up");
var measured = new Argument<int>("measured");
var program = new Command("program", "Runs one of the compared programs until it has measured itself.") { programName, warmUp, measured };
program.Hidden = true;
program.SetAction((arguments, _) => Comparison.RunAsync(
    arguments.GetRequiredValue(programName), arguments.GetValue(warmUp), arguments.GetValue(measured)));

var scripts = new Option<int>("--scripts") { Description = "The number of scripts of random faults to play.", DefaultValueFactory = _ => 50 };
var seed = new Option<int>("--seed") { Description = "The seed of the first script; each next script has the next seed.", DefaultValueFactory = _ => 1 };
var seconds = new Option<double>("--seconds") { Description = "The length of a script, in seconds.", DefaultValueFactory = _ => 30 };
var sideBySide = new Option<int>("--side-by-side") { Description = "The number of scripts to play at the same time.", DefaultValueFactory = _ => 3 };
var receiving = new Command("receiving", """
    Plays random faults on real processes: a console that serves the webhook, its guard and two fallbacks, with Azurite and
    a stand-in for the Bot API server. The exit code is 1 when updates were lost, repeated without a cause or in conflict;
    then the script and the output of all processes are on standard error.

    conflicts: answers 409 to a process that ran. A paused process (SIGSTOP) cannot close the connection of the poll that it
    sent while it held the lock; the 409 to that poll counts as conflicts_to_paused. If the process polls again without the
    lock, it ends its successor's poll, and that 409 counts as a conflict.
    duplicates: updates that were answered again without a cause. Three causes count apart: a kill of the process that
    answered first (repeated_by_kill); a pause of that process or of the next process (repeated_by_pause); a lost connection
    to Telegram or the storage before the process could confirm its answer (repeated_by_cut). The processes wait 2.5 s for
    the storage; a storage that takes longer counts as a lost connection, whether the script planned that or the machine is
    overloaded.
    """) { scripts, seed, seconds, sideBySide, json };
receiving.SetAction((arguments, cancellationToken) => ReceivingChaos.RunAsync(
    arguments.GetValue(scripts),
    arguments.GetValue(seed),
    TimeSpan.FromSeconds(arguments.GetValue(seconds)),
    arguments.GetValue(sideBySide),
    arguments.GetValue(json),
    cancellationToken));
return await new RootCommand("Measures Azker.") { locks, delivery, longHandlers, telemetry, compare, program, receiving }.Parse(args).InvokeAsync();
