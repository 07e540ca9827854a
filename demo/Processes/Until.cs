namespace Azker.Demo.Processes;

/// <summary>A bounded wait for a condition.</summary>
internal static class Until
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <exception cref="DemoFailedException">It did not come true in time; <paramref name="what"/> says what was waited for.</exception>
    public static async Task TrueAsync(Func<bool> condition, string what, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        long startedAt = time.GetTimestamp();
        while (!condition())
        {
            if (time.GetElapsedTime(startedAt) > limit)
            {
                throw new DemoFailedException($"{what} - this did not happen within {limit.TotalSeconds:0} s.");
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
