namespace Azker.Demo.Consoles;

internal enum ConsoleState
{
    Absent,

    /// <summary>The process runs, and the stand-in has not yet seen the console receive.</summary>
    Starting,

    /// <summary>The console waits for the lock, or watches the webhook.</summary>
    Standby,

    /// <summary>The stand-in has seen the console ask for updates, or take an update.</summary>
    Receiving,

    Paused,
    Killed,
    Refused,
    Stopping,
    Stopped,
}
