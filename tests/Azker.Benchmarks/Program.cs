using System.CommandLine;
using Azker.Benchmarks.Delivery;
using Azker.Benchmarks.Locking;

var runs = new Option<int>("--runs") { Description = "How often each is measured.", DefaultValueFactory = _ => 20 };
var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
var only = new Option<string[]>("--only") { Description = "Which to measure, by name; all when left out.", AllowMultipleArgumentsPerToken = true };
var locks = new Command("lock", "Measures the blob lease between real processes, with Azurite behind a proxy that fails on request.") { runs, json, only };
locks.SetAction((arguments, cancellationToken) => LockBenchmarks.RunAsync(
    arguments.GetValue(runs), arguments.GetValue(only) ?? [], arguments.GetValue(json), cancellationToken));
var delivery = new Command("delivery", "Measures what each ledger adds to an update, against none, and counts its storage operations.") { runs, json };
delivery.SetAction((arguments, cancellationToken) => DeliveryBenchmarks.RunAsync(arguments.GetValue(runs), arguments.GetValue(json), cancellationToken));
return await new RootCommand("Measures Azker.") { locks, delivery }.Parse(args).InvokeAsync();
