namespace Azker.Core.Configuration;

/// <summary>How the bot polls.</summary>
public sealed record PollingOptions
{
    /// <summary>
    /// <c>POLL_TIMEOUT</c>: for how long Telegram holds a poll that has nothing to give. Default 50 s, which is also the
    /// most that a Bot API server does; at least 1 s. Shorter means more requests.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>
    /// <c>LOCK_WAIT</c>: whether to wait as a standby while another instance holds the lock, instead of ending. Default
    /// true when a storage account is configured, since then the other instance may be on another machine; else false.
    /// </summary>
    public bool Standby { get; init; }

    /// <summary>
    /// Whether a webhook that is not ours may be deleted in order to poll. Default false. No setting gives it, only the
    /// command line, so that it cannot be left on by accident.
    /// </summary>
    public bool TakeOver { get; init; }

    internal static PollingOptions Read(SettingsReader settings, bool isStandbyByDefault) => new()
    {
        Timeout = settings.Seconds(SettingNames.PollTimeout, 50, 1, 50),
        Standby = settings.Flag(SettingNames.LockWait, isStandbyByDefault),
    };
}
