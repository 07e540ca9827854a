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

    public const string Help = """
        Exit codes:
          0   stopped on request, or the command succeeded
          1   unexpected error, or wrong command line; warnings of doctor or webhook check
          2   problems that doctor or webhook check found
          65  the replay failed; the dead letter was kept
          66  no dead letter, or more than one, has the given ID
          70  the receiver lock was lost during the run
          74  the dead letters or parked updates cannot be read or written, or the export file cannot be written
          75  another instance, or a webhook of another deployment, receives the bot's updates
          77  the receiver lock or the ledger cannot be used; check DATA_DIR or the storage account
          78  settings are missing or faulty, the server cannot listen at an address, or Telegram rejects the bot token
        """;
}
