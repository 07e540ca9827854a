namespace Azker.BotApi.Polling;

/// <summary>
/// Paces the 409 answers: the first goes out at once and opens a window of 3 s, and each 409 within the window is held for 3 s.
/// </summary>
internal sealed class ConflictPacer
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private DateTimeOffset _windowEnd = DateTimeOffset.MinValue;

    /// <summary>The time for which to hold a 409 that arises now. A held 409 does not extend the window.</summary>
    public TimeSpan Hold(DateTimeOffset now)
    {
        if (now < _windowEnd)
        {
            return Window;
        }

        _windowEnd = now + Window;
        return TimeSpan.Zero;
    }
}
