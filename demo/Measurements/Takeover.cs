namespace Azker.Demo.Measurements;

/// <summary>A move of the right to receive from one console to another.</summary>
/// <remarks>
/// The gap starts with the kill, the request to stop, or the last answered getUpdates before the failback. It ends when the
/// stand-in sees the successor receive.
/// </remarks>
internal sealed record Takeover(string From, string To, string How, double GapMs)
{
    public const string Killed = "killed";
    public const string Stopped = "stopped";
    public const string FailedBack = "failed back";

    public static Takeover Between(string from, string to, string how, TimeSpan gap) => new(from, to, how, Math.Round(gap.TotalMilliseconds, 1));
}
