namespace Azker.Demo.Consoles;

internal enum ConsoleState
{
    Absent,

    /// <summary>It runs, and has not been seen at work yet.</summary>
    Starting,

    /// <summary>It waits for its turn, or watches the webhook.</summary>
    Standby,

    /// <summary>The stand-in has seen it ask for updates, or take one.</summary>
    Receiving,

    Paused,
    Killed,
    Refused,
    Stopping,
    Stopped,
}
