using Azker.Simulation;

int seeds = int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture);
bool trace = args.Length > 1;
long start = TimeProvider.System.GetTimestamp();
var thread = new Thread(() =>
{
for (int seed = trace ? seeds : 0; seed < (trace ? seeds + 1 : seeds); seed++)
{
    try {
    SeedResult result = SeedRun.Run(seed, trace);
    foreach (string line in result.Trace)
    {
        Console.WriteLine(line);
    }

    Console.WriteLine($"{seed} {result.Scenario} steps {result.Steps} virtual {result.VirtualTime.TotalSeconds:0} s; {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.000} s");
    foreach (Azker.Simulation.Invariants.Violation violation in result.Violations)
    {
        Console.WriteLine($"   {violation.At.TotalSeconds:0.0} {violation.Kind} {violation.What}");
    }
    } catch (Exception e) { Console.WriteLine($"{seed} EXC {e}"); }
}
}, 256 * 1024 * 1024);
thread.Start();
thread.Join();
