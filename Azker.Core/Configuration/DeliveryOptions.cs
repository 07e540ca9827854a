namespace Azker.Core.Configuration;

/// <summary>How updates are brought to their handlers.</summary>
public sealed record DeliveryOptions
{
    /// <summary>
    /// <c>MAX_CONCURRENT_UPDATES</c>: how many handlers run side by side, each for another chat or user. Default 16,
    /// 1 to 1000.
    /// </summary>
    public int MaxConcurrentUpdates { get; init; } = 16;

    /// <summary>
    /// <c>UPDATE_LEDGER</c>, <c>memory</c>, <c>file</c> or <c>table</c>: where it is kept which updates are handled. Default
    /// <see cref="UpdateLedgerKind.Table"/> with a storage account, and <see cref="UpdateLedgerKind.File"/> without one.
    /// </summary>
    public UpdateLedgerKind Ledger { get; init; } = UpdateLedgerKind.File;

    /// <summary>
    /// <c>MAX_ATTEMPTS</c>: how often a failing update is tried before it becomes a dead letter. Default 5, 1 to 100.
    /// </summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>
    /// <c>DEAD_LETTER_MAX</c>: how many dead letters are kept. Default 10000, 1 to 1000000. When that many are there, none
    /// is removed for a new one: an update that is given up on is not settled, and stays with Telegram, until there is room.
    /// </summary>
    public int DeadLetterMax { get; init; } = 10_000;

    /// <summary>
    /// <c>HANDLER_TIMEOUT</c>: after what time a handler's token falls. Default 50 s, 0.1 s to 55 s: Telegram waits 60 s
    /// for a webhook's answer.
    /// </summary>
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>
    /// <c>SHUTDOWN_TIMEOUT</c>: for how long a graceful stop lets the updates in hand finish. Default 25 s, 0 s to 300 s.
    /// </summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(25);

    internal static DeliveryOptions Read(SettingsReader settings, StorageOptions storage) => new()
    {
        Ledger = ReadLedger(settings, storage),
        MaxConcurrentUpdates = settings.Integer(SettingNames.MaxConcurrentUpdates, 16, 1, 1000),
        MaxAttempts = settings.Integer(SettingNames.MaxAttempts, 5, 1, 100),
        DeadLetterMax = settings.Integer(SettingNames.DeadLetterMax, 10_000, 1, 1_000_000),
        HandlerTimeout = settings.Seconds(SettingNames.HandlerTimeout, 50, 0.1, 55),
        ShutdownTimeout = settings.Seconds(SettingNames.ShutdownTimeout, 25, 0, 300),
    };

    private static UpdateLedgerKind ReadLedger(SettingsReader settings, StorageOptions storage)
    {
        UpdateLedgerKind byDefault = storage.IsConfigured ? UpdateLedgerKind.Table : UpdateLedgerKind.File;
        string? text = settings.Text(SettingNames.UpdateLedger);
        UpdateLedgerKind? chosen = text?.ToUpperInvariant() switch
        {
            null => byDefault,
            "MEMORY" => UpdateLedgerKind.Memory,
            "FILE" => UpdateLedgerKind.File,
            "TABLE" => UpdateLedgerKind.Table,
            _ => null,
        };
        if (chosen is null)
        {
            settings.Fault(SettingNames.UpdateLedger, $"'{text}' is neither memory nor file nor table", "leave it out for table with a storage account, and file without one");
        }
        else if (chosen == UpdateLedgerKind.Table && !storage.HasTables)
        {
            settings.Fault(
                SettingNames.UpdateLedger,
                storage.IsConfigured
                    ? $"it is table{(text is null ? " by default" : "")}, and of the storage account only {SettingNames.StorageBlobServiceUri} is set"
                    : "it is table, and no storage account is set",
                storage.IsConfigured
                    ? $"set {SettingNames.StorageTableServiceUri} too, or set {SettingNames.UpdateLedger} to file or memory"
                    : $"set {SettingNames.Storage}, or leave it out for file");
        }

        return chosen ?? byDefault;
    }
}
