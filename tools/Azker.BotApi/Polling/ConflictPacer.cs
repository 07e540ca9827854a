namespace Azker.BotApi.Polling;

/// <summary>The first 409 goes out at once and opens a window; each one within it is held for the window's length.</summary>
internal sealed class ConflictPacer
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private DateTimeOffset _windowEnd = DateTimeOffset.MinValue;

    /// <summary>How long to hold a 409 that arises now. A held one does not extend the window.</summary>
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
