namespace Azker.PollingFallback;

/// <summary>The exit codes, as in BSD's sysexits where one fits.</summary>
internal static class ExitCode
{
    public const int Stopped = 0;
    public const int Unexpected = 1;
    public const int ReplayedInVain = 65;
    public const int NoSuchDeadLetter = 66;
    public const int LockLost = 70;
    public const int DeadLettersUnusable = 74;
    public const int HeldByOther = 75;
    public const int NoPermission = 77;
    public const int Misconfigured = 78;

    public const string Help = """
        Exit codes:
          0   stopped as asked
          1   unexpected error, or a wrong command line
          65  a dead letter was replayed in vain, and is kept
          66  there is no such dead letter, or more than one
          70  the receiver lock was lost while running
          74  the dead letters, or the file of an export, cannot be read or written
          75  another instance, or a webhook that is not ours, receives this bot's updates
          77  the lock cannot be used: DATA_DIR, or the storage account
          78  settings are missing or faulty, an address cannot be listened at, or Telegram rejects the bot token
        """;
}
