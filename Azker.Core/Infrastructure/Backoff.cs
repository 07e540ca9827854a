namespace Azker.Core.Infrastructure;

/// <summary>
/// How long to wait after the n-th failure in a row: a first delay that doubles up to a cap, with jitter, where
/// a source of it is given, that takes up to a fifth off. It neither waits nor knows the time.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan cap, Random? jitter = null)
{
    private const double LargestJitter = 0.2;

    private int _failures;

    /// <summary>Counts one more failure.</summary>
    /// <returns>How long to wait before the next try.</returns>
    public TimeSpan Next()
    {
        double doubled = first.TotalSeconds * Math.Pow(2, _failures);
        _failures = Math.Min(_failures + 1, 62);
        return TimeSpan.FromSeconds(Math.Min(doubled, cap.TotalSeconds) * (1 - (LargestJitter * (jitter?.NextDouble() ?? 0))));
    }

    /// <summary>Forgets the failures: a try succeeded.</summary>
    public void Reset() => _failures = 0;
}
