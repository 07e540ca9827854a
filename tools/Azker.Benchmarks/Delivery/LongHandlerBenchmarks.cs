using System.Text.Json;

namespace Azker.Benchmarks.Delivery;

/// <summary>Measures how much 50 handlers that take 60 s each slow down the updates of other chats.</summary>
internal static class LongHandlerBenchmarks
{
    private const int Handlers = 50;
    private const double LeastRatio = 0.9;

    public static async Task<int> RunAsync(int runs, bool isJson, CancellationToken cancellationToken)
    {
        List<Measurement> measurements = [];
        foreach (bool byWebhook in new[] { false, true })
        {
            measurements.AddRange(await MeasureAsync(byWebhook, runs, cancellationToken));
        }

        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(measurements, MeasurementJsonContext.Default.IReadOnlyListMeasurement)
            : string.Join('\n', measurements.Select(measurement => measurement.ToLine())));
        return measurements.TrueForAll(measurement => measurement.IsMet) ? 0 : 1;
    }

    private static async Task<IEnumerable<Measurement>> MeasureAsync(bool byWebhook, int runs, CancellationToken cancellationToken)
    {
        string subject = byWebhook ? "webhook" : "polling";
        var without = new List<double>();
        var with = new List<double>();
        for (int run = -1; run < runs; run++)
        {
            await Console.Error.WriteLineAsync(run < 0 ? $"Warming up {subject} ..." : $"Run {run + 1} of {runs}, {subject} ...");
            double alone = await new LongHandlers(byWebhook).MeasureAsync(0, cancellationToken);
            double beside = await new LongHandlers(byWebhook).MeasureAsync(Handlers, cancellationToken);
            if (run >= 0)
            {
                without.Add(alone);
                with.Add(beside);
            }
        }

        // The runs differ more than the two rates, so the medians are compared.
        double ratio = with.Order().ElementAt(runs / 2) / without.Order().ElementAt(runs / 2);
        return
        [
            new Measurement($"{subject}: alone", "updates/s", "no bound", true, without),
            new Measurement($"{subject}: beside {Handlers} long handlers", "updates/s", "no bound", true, with),
            new Measurement($"{subject}: ratio of the medians", "", $"at least {LeastRatio}", ratio >= LeastRatio, [ratio]),
        ];
    }
}
