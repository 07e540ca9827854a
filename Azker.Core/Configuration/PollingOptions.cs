namespace Azker.Core.Configuration;

/// <summary>How the bot polls.</summary>
public sealed class PollingOptions
{
    /// <summary>
    /// <c>POLL_TIMEOUT</c>, in seconds: how long Telegram holds a poll (getUpdates) while no update is pending. Default
    /// 50 s, 1 s to 50 s; a Bot API server clamps a longer time to 50 s (tdlib/telegram-bot-api, Client.h). A shorter time
    /// means more requests; updates do not arrive sooner.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(50);

    /// <summary>
    /// <c>LOCK_WAIT</c>: whether the instance waits as a standby while another instance holds the receiver lock;
    /// otherwise it ends. Default <see langword="null"/>: <see langword="true"/> with a storage account, since the other
    /// instance may run on another machine, and <see langword="false"/> without. Never <see langword="null"/> in
    /// validated options.
    /// </summary>
    public bool? Standby { get; set; }

    /// <summary>
    /// Whether the bot may delete a webhook that is not ours in order to poll. Default <see langword="false"/>. No setting
    /// exists for it, so that no environment leaves it on by accident.
    /// </summary>
    public bool TakeOver { get; set; }
}
