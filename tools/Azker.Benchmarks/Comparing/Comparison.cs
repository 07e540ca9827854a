using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azker.Benchmarks.Comparing;

/// <summary>Compares Azker with what a user would take instead: both in the same run, in turn.</summary>
internal static class Comparison
{
    public static Task<int> RunAsync(string program, int warmUp, int measured)
    {
        var count = new UpdateCount(warmUp, measured);
        return program switch
        {
            ComparedRows.Program.AzkerRaw => ComparedPrograms.RunAzkerAsync(count, isTyped: false),
            ComparedRows.Program.AzkerTyped => ComparedPrograms.RunAzkerAsync(count, isTyped: true),
            ComparedRows.Program.TelegramBotWebhook => ComparedPrograms.ServeTelegramBotAsync(count),
            ComparedRows.Program.TelegramBotPolling => ComparedPrograms.RunTelegramBotAsync(count),
            _ => throw new ArgumentOutOfRangeException(nameof(program), program, "There is no such program."),
        };
    }

    public static async Task<int> RunAsync(IReadOnlyCollection<string> only, int runs, bool isJson)
    {
        var results = new List<Result>();
        foreach (ComparedRow row in ComparedRows.All.Where(row => only.Count == 0 || only.Contains(row.Name)))
        {
            List<(double Azker, double Peer)> values = [];
            for (int run = 0; run < runs; run++)
            {
                values.Add((await row.Azker(), await row.Peer()));
            }

            var result = Result.Of(row, values);
            await Console.Error.WriteLineAsync(result.ToLine());
            results.Add(result);
        }

        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, ComparisonJsonContext.Default.ListResult));
        }

        return results.TrueForAll(result => result.IsMet) ? 0 : 1;
    }

    public static int List()
    {
        foreach (ComparedRow row in ComparedRows.All)
        {
            Console.WriteLine(row.Name);
        }

        return 0;
    }

    /// <summary>The medians of a row.</summary>
    internal sealed record Result(string Name, string Unit, double Azker, double Peer, string PeerName, double Ratio, double Bar, int Runs)
    {
        [JsonIgnore]
        public bool IsMet => Ratio <= Bar;

        public static Result Of(ComparedRow row, IReadOnlyList<(double Azker, double Peer)> values) => new(
            row.Name,
            row.Unit,
            Median(values.Select(value => value.Azker)),
            Median(values.Select(value => value.Peer)),
            row.PeerName,
            Median(values.Select(value => value.Azker / value.Peer)),
            row.Bar,
            values.Count);

        public string ToLine() => FormattableString.Invariant(
            $"{Name,-32} {Azker,9} against {Peer,9} {Unit,-20} ratio {Ratio,6} {(IsMet ? "met   " : "MISSED")} bar {Bar} ({PeerName})");

        private static double Median(IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            return Math.Round(sorted[sorted.Length / 2], 3);
        }
    }
}
