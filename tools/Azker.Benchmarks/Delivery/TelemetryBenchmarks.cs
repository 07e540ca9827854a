using System.Text.Json;

namespace Azker.Benchmarks.Delivery;

/// <summary>Measures the CPU time that listeners of the telemetry add to an update.</summary>
/// <remarks>The same delivery runs with and without listeners in turn, so that the load of the machine is the same for both.</remarks>
internal static class TelemetryBenchmarks
{
    private const string Ledger = "memory";

    public static async Task<int> RunAsync(int runs, bool isJson, CancellationToken cancellationToken)
    {
        await using var subjects = new Subjects(server: null, proxy: null);
        List<double> without = [];
        List<double> with = [];
        for (int run = -1; run < runs; run++)
        {
            await Console.Error.WriteLineAsync(run < 0 ? "Warming up ..." : $"Run {run + 1} of {runs} ...");
            double off = await MeasureAsync(subjects, cancellationToken);
            using var listeners = new TelemetryListeners();
            double on = await MeasureAsync(subjects, cancellationToken);
            if (run >= 0)
            {
                without.Add(off);
                with.Add(on);
            }
        }

        List<Measurement> measurements =
        [
            new("telemetry off: CPU", "us/update", "no bound", true, without),
            new("telemetry on: CPU", "us/update", "no bound", true, with),
            new("telemetry on: CPU over off", "ratio", "no bound", true, [.. with.Zip(without, (on, off) => on / off)]),
        ];
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(measurements, MeasurementJsonContext.Default.IReadOnlyListMeasurement)
            : string.Join('\n', measurements.Select(measurement => measurement.ToLine())));
        return 0;
    }

    private static async Task<double> MeasureAsync(Subjects subjects, CancellationToken cancellationToken) =>
        (await subjects.MeasureAsync(Ledger, Arrival.ManyTogether, cancellationToken)).CpuMicroseconds;
}
