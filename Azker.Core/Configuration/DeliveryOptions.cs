namespace Azker.Core.Configuration;

/// <summary>How updates are delivered to their handlers.</summary>
public sealed class DeliveryOptions
{
    /// <summary>
    /// <c>MAX_CONCURRENT_UPDATES</c>: how many handlers run at the same time, each for a different chat or user. Default
    /// 16, 1 to 1000. More handlers shorten the wait in a rush and need more memory and connections.
    /// </summary>
    public int MaxConcurrentUpdates { get; set; } = 16;

    /// <summary>
    /// <c>UPDATE_LEDGER</c>, <c>memory</c>, <c>file</c> or <c>table</c>: where Azker records which updates were handled.
    /// Default <see langword="null"/>: <see cref="UpdateLedgerKind.Table"/> with a storage account, and
    /// <see cref="UpdateLedgerKind.File"/> without. A table needs a storage account with tables. Never
    /// <see langword="null"/> in validated options.
    /// </summary>
    public UpdateLedgerKind? Ledger { get; set; }

    /// <summary>
    /// <c>MAX_ATTEMPTS</c>: how many times a failing update is tried before it becomes a dead letter. Default 5, 1 to 100.
    /// More attempts survive a longer fault, and hold up the later updates of the same chat for longer.
    /// </summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>
    /// <c>DEAD_LETTER_MAX</c>: how many dead letters are kept. Default 10000, 1 to 1000000. When the limit is reached, no
    /// dead letter is removed for a new dead letter: a failing update is not settled, and stays with Telegram, until there
    /// is room. A higher limit needs more storage.
    /// </summary>
    public int DeadLetterMax { get; set; } = 10_000;

    /// <summary>
    /// <c>HANDLER_TIMEOUT</c>, in seconds: the time limit of a handler; its cancellation token is cancelled then. Default
    /// 50 s, 0.1 s to 55 s: Telegram waits 60 s for a webhook's answer (tdlib/telegram-bot-api, WebhookActor.cpp). A
    /// shorter limit frees the lane of a hung handler sooner, and cancels slow handlers that would have finished.
    /// </summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(50);

    /// <summary>
    /// <c>SHUTDOWN_TIMEOUT</c>, in seconds: how long a graceful stop waits for the updates in flight. Default 25 s, 0 s to
    /// 300 s. A longer time finishes more handlers and delays the stop; keep it below the time after which the host kills
    /// the process.
    /// </summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
