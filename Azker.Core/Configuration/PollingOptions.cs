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
    /// <c>POLL_GRACE</c>, in seconds: how much longer than <see cref="Timeout"/> the answer to a poll may take, on a new connection with
    /// <see cref="NetworkOptions.ConnectTimeout"/> included. Default 10 s, 1 s to 300 s. A slow network needs more; a higher value
    /// means that a dead connection is noticed later.
    /// </summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// <c>POLL_STOP_WAIT</c>, in seconds: how long after its sending a poll is left alone at a stop, because it may still be on its way to
    /// the server. A poll that arrives after the stop disturbs the next receiver. Default 1.5 s, 0.1 s to 30 s.
    /// </summary>
    public TimeSpan StopWait { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// <c>POLL_CONFIRM_TIMEOUT</c>, in seconds: how long the confirmation of the last updates may take at a stop; it takes two calls.
    /// Without it Telegram delivers these updates again. Default 2 s, 0.1 s to 60 s.
    /// </summary>
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(2);

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
