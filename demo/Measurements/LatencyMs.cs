namespace Azker.Demo.Measurements;

/// <summary>How long users waited for their answers, in milliseconds.</summary>
internal sealed record LatencyMs(double Median, double P95, double Longest)
{
    public static LatencyMs Of(IEnumerable<ChatExchange> exchanges)
    {
        double[] sorted = [.. exchanges.Where(exchange => exchange.IsAnswered).Select(exchange => exchange.Latency!.Value.TotalMilliseconds).Order()];
        return sorted.Length == 0 ? new LatencyMs(0, 0, 0) : new LatencyMs(Rank(sorted, 0.5), Rank(sorted, 0.95), Rank(sorted, 1));
    }

    /// <summary>The nearest rank.</summary>
    private static double Rank(double[] sorted, double share) => Math.Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], 1);
}
