using Azker.PollingFallback.Language;

namespace Azker.PollingFallback;

/// <summary>The exit codes of the console; where a code of BSD's sysexits fits, it is used.</summary>
internal static class ExitCode
{
    public const int Stopped = 0;
    public const int Unexpected = 1;
    public const int ReplayFailed = 65;
    public const int NoSuchDeadLetter = 66;
    public const int LockLost = 70;
    public const int DeadLettersUnusable = 74;
    public const int HeldByOther = 75;
    public const int NoPermission = 77;
    public const int Misconfigured = 78;

    /// <summary>The exit codes with their meanings, for the help.</summary>
    public static string Help => Texts.ExitCodes;
}
