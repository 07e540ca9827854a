using System.Text.Json;
using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>Runs the measurements of the lock and prints them.</summary>
internal static class LockBenchmarks
{
    private static readonly (string Name, Func<AzuriteServer, int, CancellationToken, Task<Measurement>> Run)[] All =
    [
        ("takeover-other-host", Takeovers.OnAnotherMachineAsync),
        ("takeover-same-host", Takeovers.OnTheSameMachineAsync),
        ("handover", Handovers.WithNoticeAsync),
        ("handover-without-notice", Handovers.WithoutNoticeAsync),
        ("black-hole-loss", Losses.InABlackHoleAsync),
        ("refused-loss", Losses.WhenRefusedAsync),
        ("black-hole-blip", Blips.BlackHoleAsync),
        ("refused-blip", Blips.RefusalsAsync),
        ("two-holders", Chaos.RunAsync),
        ("idle-holder", IdleCosts.OfAHolderAsync),
        ("idle-standby", IdleCosts.OfAStandbyAsync),
    ];

    public static async Task<int> RunAsync(int runs, IReadOnlyCollection<string> only, bool isJson, CancellationToken cancellationToken)
    {
        await using AzuriteServer server = await AzuriteServer.StartAsync(cancellationToken);
        var measurements = new List<Measurement>();
        foreach ((string name, Func<AzuriteServer, int, CancellationToken, Task<Measurement>> run) in All)
        {
            if (only.Count == 0 || only.Contains(name))
            {
                await Console.Error.WriteLineAsync($"Measuring {name} ...");
                measurements.Add(await run(server, runs, cancellationToken));
            }
        }

        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(measurements, MeasurementJsonContext.Default.IReadOnlyListMeasurement)
            : string.Join('\n', measurements.Select(measurement => measurement.ToLine())));
        return measurements.TrueForAll(measurement => measurement.IsMet) ? 0 : 1;
    }
}
