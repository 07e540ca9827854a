namespace Azker.BotApi.Pushing;

/// <summary>
/// Computes how long one update waits after each failure: 0, 2, 4, 8, 16, 32, then 60 to 120 s. The number of retries is unlimited.
/// </summary>
/// <param name="drawLimit">Draws the limit of a doubled delay, 60 to 120 s.</param>
internal sealed class RetrySchedule(Func<int> drawLimit)
{
    private int _doubledSeconds = 1;

    public int Failures { get; private set; }

    /// <param name="retryAfter">The seconds that the webhook asked for. They replace the delay and do not double it. 0 is none.</param>
    public TimeSpan Fail(int retryAfter)
    {
        int seconds = retryAfter;
        if (retryAfter == 0 && Failures > 0)
        {
            seconds = _doubledSeconds = Math.Min(drawLimit(), _doubledSeconds * 2);
        }

        Failures++;
        return TimeSpan.FromSeconds(seconds);
    }
}
