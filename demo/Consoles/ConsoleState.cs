namespace Azker.Demo.Consoles;

internal enum ConsoleState
{
    Absent,

    /// <summary>It runs, and has not been seen at work yet.</summary>
    Starting,

    Standby,

    /// <summary>The stand-in has seen it ask for updates.</summary>
    Receiving,

    Paused,
    Killed,
    Refused,
    Stopping,
    Stopped,
}
