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
    private const string None = "none";
    private const string Table = "table";
    private static readonly string[] Names = [None, "memory", "file", Table];
    private static readonly Arrival[] Arrivals = [Arrival.InTurn, Arrival.Together];

    public static async Task<int> RunAsync(int runs, IReadOnlyCollection<string> only, bool isJson, CancellationToken cancellationToken)
    {
        string[] names = [None, .. Names.Where(name => name != None && (only.Count == 0 || only.Contains(name)))];
        await using AzuriteServer? server = names.Contains(Table) ? await AzuriteServer.StartAsync(cancellationToken) : null;
        await using FaultProxy? proxy = server is null ? null : new FaultProxy(server.TablePort);
        await using var subjects = new Subjects(server, proxy);
        Dictionary<(string, Arrival), List<Cost>> costs = Arrivals
            .SelectMany(arrival => names.Select(name => (name, arrival)))
            .ToDictionary(subject => subject, _ => new List<Cost>());
        for (int run = -1; run < runs; run++)
        {
            await Console.Error.WriteLineAsync(run < 0 ? "Warming up ..." : $"Run {run + 1} of {runs} ...");
            foreach ((string name, Arrival arrival) in costs.Keys)
            {
                Cost cost = await subjects.MeasureAsync(name, arrival, cancellationToken);
                if (run >= 0)
                {
                    costs[(name, arrival)].Add(cost);
                }
            }
        }

        List<Measurement> measurements = [.. costs.SelectMany(entry => Describe(entry.Key.Item1, entry.Key.Item2, entry.Value, costs[(None, entry.Key.Item2)]))];
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(measurements, MeasurementJsonContext.Default.IReadOnlyListMeasurement)
            : string.Join('\n', measurements.Select(measurement => measurement.ToLine())));
        return measurements.TrueForAll(measurement => measurement.IsMet) ? 0 : 1;
    }

    private static IEnumerable<Measurement> Describe(string name, Arrival arrival, List<Cost> costs, List<Cost> none)
    {
        string subject = $"{name}, {arrival.Name}";
        yield return new Measurement($"{subject}: wall", "us/update", "no bound", true, [.. costs.Select(cost => cost.WallMicroseconds)]);
        yield return new Measurement($"{subject}: p50", "us/update", "no bound", true, [.. costs.Select(cost => cost.MedianMicroseconds)]);
        yield return new Measurement($"{subject}: CPU", "us/update", "no bound", true, [.. costs.Select(cost => cost.CpuMicroseconds)]);
        if (name != None)
        {
            yield return new Measurement($"{subject}: CPU over none", "us/update", "no bound", true, [.. costs.Zip(none, (one, other) => one.CpuMicroseconds - other.CpuMicroseconds)]);
        }

        double bar = name == Table ? 2 : 0;
        double[] operations = [.. costs.Select(cost => cost.Operations)];
        yield return new Measurement($"{subject}: operations", "per update", $"exactly {bar}", Array.TrueForAll(operations, count => count == bar), operations);
        double[] parking = [.. costs.Select(cost => cost.ParkingCalls)];
        yield return new Measurement($"{subject}: parking", "per update", "exactly 0", Array.TrueForAll(parking, count => count == 0), parking);
    }
}
