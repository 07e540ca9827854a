namespace Azker.Core.Configuration.Settings;

/// <summary>The rules that bind settings to each other. A value that is faulty by itself is not compared.</summary>
internal static class SettingRules
{
    public static void Check(AzkerOptions options, SettingFaults faults)
    {
        CheckServer(options.Bot, faults);
        CheckUrl(options.Webhook, faults);
        CheckFallback(options.Fallback, faults);
        CheckLock(options.Lock, faults);
        CheckDirectory(options.Storage, faults);
        StorageRules.Check(options.Storage, faults);
        CheckTables(options, faults);
        CheckLedger(options, faults);
    }

    private static void CheckServer(BotOptions bot, SettingFaults faults)
    {
        if (bot is { ApiLocal: true, ApiUrl.Host: var host } && host == BotOptions.TelegramApiUrl.Host)
        {
            faults.Add(SettingNames.TelegramApiLocal, $"it is true, and {faults.NameOf(SettingNames.TelegramApiUrl)} is Telegram's own server",
                $"leave it out, or set {faults.NameOf(SettingNames.TelegramApiUrl)} to the server that runs with --local");
        }
    }

    private static void CheckUrl(WebhookOptions webhook, SettingFaults faults)
    {
        if (faults.Has(SettingNames.WebhookUrl))
        {
            return;
        }

        if (webhook is { UseWebhook: true, Url: null })
        {
            string use = faults.NameOf(SettingNames.UseWebhook);
            faults.Add(SettingNames.WebhookUrl, $"it is not set, and {use} is true",
                $"set the URL at which Telegram reaches the bot, or set {use} to false to poll");
        }
        else if (webhook.Url is { } url && !WebhookForms.HasNoPath(url) && !url.AbsolutePath.EndsWith(webhook.Path, StringComparison.Ordinal) && !faults.Has(SettingNames.WebhookPath))
        {
            faults.Add(SettingNames.WebhookUrl, $"its path is '{url.AbsolutePath}', and {faults.NameOf(SettingNames.WebhookPath)} is '{webhook.Path}'",
                "end the URL with that path, or leave the path out of the URL");
        }
    }

    private static void CheckDirectory(StorageOptions storage, SettingFaults faults)
    {
        if (!faults.Has(SettingNames.DataDirectory) && DefaultDataDirectory.IsBelow(storage.DataDirectory, storage.AppRoot))
        {
            faults.Add(SettingNames.DataDirectory,
                $"'{storage.DataDirectory}' is in the directory of the Functions app, and the host restarts when a directory is created there",
                "leave it out, or give a directory elsewhere, such as /tmp/azker");
        }
    }

    private static void CheckFallback(FallbackOptions fallback, SettingFaults faults)
    {
        Compare(faults, SettingNames.FailbackDelayMax, fallback.MaxFailbackDelay, SettingNames.FailbackDelay, fallback.FailbackDelay,
            fallback.MaxFailbackDelay >= fallback.FailbackDelay, "is below");
        Compare(faults, SettingNames.FallbackCheckInterval, fallback.CheckInterval, SettingNames.FallbackGrace, fallback.Grace,
            fallback.CheckInterval <= fallback.Grace, "is above");
    }

    private static void CheckLock(LockOptions options, SettingFaults faults)
    {
        Compare(faults, SettingNames.LockAttemptTimeout, options.AttemptTimeout, SettingNames.LockRenewInterval, options.RenewInterval,
            options.AttemptTimeout < options.RenewInterval, "is not below");
        Compare(faults, SettingNames.LockRenewInterval, options.RenewInterval, SettingNames.LockDeadline, options.Deadline,
            options.RenewInterval < options.Deadline, "is not below");
        Compare(faults, SettingNames.LockDeadline, options.Deadline, SettingNames.LockLeaseDuration, options.LeaseDuration,
            options.Deadline <= options.LeaseDuration * LockOptions.MaxDeadlineRatio, "is not at most 0.85 of");
        CheckRenewal(options, faults);
    }

    /// <summary>The latest renewal must have its whole time limit before the deadline.</summary>
    private static void CheckRenewal(LockOptions options, SettingFaults faults)
    {
        string[] names = [SettingNames.LockAttemptTimeout, SettingNames.LockRenewInterval, SettingNames.LockDeadline];
        TimeSpan latest = (options.RenewInterval * (1 + LockOptions.RenewJitter)) + options.AttemptTimeout;
        if (latest > options.Deadline && !names.Any(faults.Has))
        {
            faults.Add(SettingNames.LockRenewInterval,
                FormattableString.Invariant($"{options.RenewInterval.TotalSeconds} s and {LockOptions.RenewJitter * 100} % of it, and ")
                + FormattableString.Invariant($"{faults.NameOf(SettingNames.LockAttemptTimeout)}, which is {options.AttemptTimeout.TotalSeconds} s, are together ")
                + FormattableString.Invariant($"above {faults.NameOf(SettingNames.LockDeadline)}, which is {options.Deadline.TotalSeconds} s"),
                "change one of the three settings, or leave all three out");
        }
    }

    private static void Compare(
        SettingFaults faults, string name, TimeSpan value, string otherName, TimeSpan other, bool isAllowed, string relation)
    {
        if (!isAllowed && !faults.Has(name) && !faults.Has(otherName))
        {
            faults.Add(name,
                FormattableString.Invariant($"{value.TotalSeconds} s {relation} {faults.NameOf(otherName)}, which is {other.TotalSeconds} s"),
                "change one of the two settings, or leave both out");
        }
    }

    private static void CheckTables(AzkerOptions options, SettingFaults faults)
    {
        if (options is { Delivery.Ledger: UpdateLedgerKind.Table, Storage.ConnectionString: { } connection }
            && !faults.Has(SettingNames.Storage)
            && !StorageForms.HasTables(connection))
        {
            faults.Add(SettingNames.Storage, "its value (not shown here) is not a connection string of a storage account with tables",
                $"copy the whole of it from the account's access keys, or set {faults.NameOf(SettingNames.UpdateLedger)} to file or memory");
        }
    }

    private static void CheckLedger(AzkerOptions options, SettingFaults faults)
    {
        StorageOptions storage = options.Storage;
        if (storage.HasTables || options.Delivery.Ledger is UpdateLedgerKind.Memory or UpdateLedgerKind.File || faults.Has(SettingNames.UpdateLedger))
        {
            return;
        }

        if (storage.IsConfigured)
        {
            string byDefault = options.Delivery.Ledger is null ? " by default" : "";
            faults.Add(SettingNames.UpdateLedger,
                $"it is table{byDefault}, and of the storage account only {faults.NameOf(SettingNames.StorageBlobServiceUri)} is set",
                $"set {faults.NameOf(SettingNames.StorageTableServiceUri)} too, or set {faults.NameOf(SettingNames.UpdateLedger)} to file or memory");
        }
        else
        {
            faults.Add(SettingNames.UpdateLedger, "it is table, and no storage account is set",
                $"set {faults.NameOf(SettingNames.Storage)}, or leave it out for file");
        }
    }
}
