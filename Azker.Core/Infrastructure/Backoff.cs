namespace Azker.Core.Infrastructure;

/// <summary>
/// Computes the delay after the n-th failure in a row: a first delay that doubles up to a cap. With a source of jitter, up
/// to a part of it is taken off, by default a fifth. It neither waits nor reads a clock.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan cap, Random? jitter = null, double largestJitter = 0.2)
{
    private int _failures;

    /// <summary>Counts one more failure.</summary>
    /// <returns>The delay before the next attempt.</returns>
    public TimeSpan Next()
    {
        double doubled = first.TotalSeconds * Math.Pow(2, _failures);
        _failures = Math.Min(_failures + 1, 62);
        return TimeSpan.FromSeconds(Math.Min(doubled, cap.TotalSeconds) * (1 - (largestJitter * (jitter?.NextDouble() ?? 0))));
    }

    /// <summary>Starts again with the first delay, after a success.</summary>
    public void Reset() => _failures = 0;
}
