using System.Text.Json;
using Azker.Azurite;

namespace Azker.Benchmarks.Delivery;

/// <summary>Measures the cost that each ledger adds to an update.</summary>
/// <remarks>
/// The same updates go through the same delivery with each ledger in turn, and without a ledger, so that the load of the machine
/// is the same for all.
/// </remarks>
internal static class DeliveryBenchmarks
{
    /// <summary>The number of updates of one run, one after the other, as in one busy chat.</summary>
    private const int Updates = 500;

    private static readonly string[] Names = ["none", "memory", "file", "table"];

    public static async Task<int> RunAsync(int runs, bool isJson, CancellationToken cancellationToken)
    {
        await using AzuriteServer server = await AzuriteServer.StartAsync(cancellationToken);
        await using var proxy = new FaultProxy(server.TablePort);
        await using var subjects = new Subjects(server, proxy);
        Dictionary<string, List<Cost>> costs = Names.ToDictionary(name => name, _ => new List<Cost>());
        for (int run = -1; run < runs; run++)
        {
            await Console.Error.WriteLineAsync(run < 0 ? "Warming up ..." : $"Run {run + 1} of {runs} ...");
            foreach (string name in Names)
            {
                Cost cost = await subjects.MeasureAsync(name, Updates, cancellationToken);
                if (run >= 0)
                {
                    costs[name].Add(cost);
                }
            }
        }

        List<Measurement> measurements = [.. Names.SelectMany(name => Describe(name, costs[name], costs["none"]))];
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(measurements, MeasurementJsonContext.Default.IReadOnlyListMeasurement)
            : string.Join('\n', measurements.Select(measurement => measurement.ToLine())));
        return measurements.TrueForAll(measurement => measurement.IsMet) ? 0 : 1;
    }

    private static IEnumerable<Measurement> Describe(string name, List<Cost> costs, List<Cost> none)
    {
        yield return new Measurement($"{name}: wall", "us/update", "no bound", true, [.. costs.Select(cost => cost.WallMicroseconds)]);
        yield return new Measurement($"{name}: CPU", "us/update", "no bound", true, [.. costs.Select(cost => cost.CpuMicroseconds)]);
        if (name != "none")
        {
            yield return new Measurement($"{name}: wall to none", "ratio", "no bound", true, [.. costs.Zip(none, (one, other) => one.WallMicroseconds / other.WallMicroseconds)]);
            yield return new Measurement($"{name}: CPU to none", "ratio", "no bound", true, [.. costs.Zip(none, (one, other) => one.CpuMicroseconds / other.CpuMicroseconds)]);
        }

        double bar = name == "table" ? 2 : 0;
        double[] operations = [.. costs.Select(cost => cost.Operations)];
        yield return new Measurement($"{name}: storage operations", "per update", $"exactly {bar}", Array.TrueForAll(operations, count => count == bar), operations);
    }
}
