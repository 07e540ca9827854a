namespace Azker.Core.Configuration;

/// <summary>How updates are delivered to their handlers.</summary>
public sealed class DeliveryOptions
{
    /// <summary>
    /// <c>MAX_CONCURRENT_UPDATES</c>: how many handlers run at the same time, each for a different chat or user. Default
    /// 100, 1 to 1000. More handlers shorten the wait in a rush and need more memory and connections. A handler that runs
    /// longer than <see cref="AcknowledgeAfter"/> counts against <see cref="MaxBackgroundUpdates"/> instead.
    /// </summary>
    public int MaxConcurrentUpdates { get; set; } = 100;

    /// <summary>
    /// <c>MAX_BACKGROUND_UPDATES</c>: how many long handlers run at the same time. Default 1000, 1 to 100000.
    /// </summary>
    public int MaxBackgroundUpdates { get; set; } = 1000;

    /// <summary>
    /// <c>ACKNOWLEDGE_AFTER</c>, in seconds: after how long a pushed update that is not settled is stored and confirmed to
    /// Telegram, and handled further from the store. Default 5 s, 0 s to 50 s; 0 stores every update before it is handled. A
    /// longer time stores fewer updates, and holds a connection of the webhook for longer. It has no effect on Azure Functions.
    /// </summary>
    public TimeSpan AcknowledgeAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// <c>MAX_UPDATE_AGE</c>, in seconds: an update older than this is settled without being handled. Default 0 s, which is no
    /// limit; 0 s to 31536000 s (a year). The age counts from the date of the message or event, or from the arrival if the
    /// update has none.
    /// </summary>
    public TimeSpan MaxUpdateAge { get; set; }

    /// <summary>
    /// <c>DEAD_LETTER_RETENTION</c>, in seconds: how long dead letters are kept. Default 2592000 s (30 days), 3600 s to
    /// 315360000 s (10 years). Azker removes older dead letters, and logs how many.
    /// </summary>
    public TimeSpan DeadLetterRetention { get; set; } = TimeSpan.FromDays(30);

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
    /// 300 s, 0.1 s to 86400 s (a day). A shorter limit frees the lane of a hung handler sooner, and cancels slow handlers
    /// that would have finished.
    /// </summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// <c>SHUTDOWN_TIMEOUT</c>, in seconds: how long a graceful stop waits for the updates in flight. Default 25 s, 0 s to
    /// 300 s. A longer time finishes more handlers and delays the stop; keep it below the time after which the host kills
    /// the process.
    /// </summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
