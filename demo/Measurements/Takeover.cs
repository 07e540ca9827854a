namespace Azker.Demo.Measurements;

/// <summary>
/// The right to receive moved. The gap lasts from the kill, from the request to stop, or from the last answered getUpdates
/// before the hand-back, until the successor is seen to receive.
/// </summary>
internal sealed record Takeover(string From, string To, string How, double GapMs)
{
    public const string Killed = "killed";
    public const string Stopped = "stopped";
    public const string FailedBack = "handed back";

    public static Takeover Between(string from, string to, string how, TimeSpan gap) => new(from, to, how, Math.Round(gap.TotalMilliseconds, 1));
}
