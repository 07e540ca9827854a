namespace Azker.BotApi.Pushing;

/// <summary>How long one update waits after each failure: 0, 2, 4, 8, 16, 32, then 60 to 120 s. There is no last try.</summary>
/// <param name="drawLimit">Draws the seconds, 60 to 120, that a doubled delay may not exceed.</param>
internal sealed class RetrySchedule(Func<int> drawLimit)
{
    private int _doubledSeconds = 1;

    public int Failures { get; private set; }

    /// <param name="retryAfter">Seconds that the webhook asked for; they replace the delay and do not double it. 0 is none.</param>
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
