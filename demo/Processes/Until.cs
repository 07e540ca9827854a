namespace Azker.Demo.Processes;

/// <summary>A bounded wait for a condition.</summary>
internal static class Until
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <exception cref="DemoFailedException">
    /// The condition did not become true in time. The message has <paramref name="expectation"/>, a sentence without a full stop.
    /// </exception>
    public static async Task TrueAsync(Func<bool> condition, string expectation, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        long startedAt = time.GetTimestamp();
        while (!condition())
        {
            if (time.GetElapsedTime(startedAt) > limit)
            {
                throw new DemoFailedException($"This did not happen within {limit.TotalSeconds:0} s: {expectation}.");
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
